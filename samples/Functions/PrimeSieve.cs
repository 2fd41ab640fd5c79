namespace Piccolo.Samples;

/// <summary>The sieve of Eratosthenes.</summary>
internal static class PrimeSieve
{
    /// <summary>The primes up to a number, ascending.</summary>
    public static int[] UpTo(int limit)
    {
        bool[] isComposite = new bool[limit + 1];
        List<int> primes = [];
        for (int candidate = 2; candidate <= limit; candidate++)
        {
            if (isComposite[candidate])
            {
                continue;
            }

            primes.Add(candidate);
            for (long multiple = (long)candidate * candidate; multiple <= limit; multiple += candidate)
            {
                isComposite[multiple] = true;
            }
        }

        return [.. primes];
    }
}
