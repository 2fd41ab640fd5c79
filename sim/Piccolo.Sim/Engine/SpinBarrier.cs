namespace Piccolo.Sim.Engine;

/// <summary>Lets threads wait for each other for a few microseconds without asking the operating system.</summary>
internal sealed class SpinBarrier(int count)
{
    private const int SpinsMax = 20_000;

    private int _arrived;
    private volatile int _round;

    /// <summary>Returns once all have come.</summary>
    public void Arrive()
    {
        int round = _round;
        if (Interlocked.Increment(ref _arrived) == count)
        {
            _arrived = 0;
            _round = round + 1;
            return;
        }

        for (int spins = 0; _round == round; spins++)
        {
            if (spins < SpinsMax)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
