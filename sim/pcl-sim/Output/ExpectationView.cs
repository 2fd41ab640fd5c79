using System.Globalization;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Output;

/// <summary>Prints what was expected and what came.</summary>
internal static class ExpectationView
{
    public static void Print(IReadOnlyList<ExpectationResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        SimOutput.Line("");
        SimOutput.Table(
            ["expected", "of", "is", ""],
            results.Select(result => (IReadOnlyList<string>)
                [Describe(result.Expectation), NameOf(result.Expectation), Number(result.Value), result.IsMet ? "ok" : "MISSED"]));
        foreach (ExpectationResult missed in results.Where(static result => !result.IsMet))
        {
            string reason = missed.Expectation.Reason.Length == 0 ? "" : $" ({missed.Expectation.Reason})";
            SimOutput.Error($"{missed.Expectation.Place}: {NameOf(missed.Expectation)} is {Number(missed.Value)}, and must be "
                + $"{Describe(missed.Expectation)}{reason}");
        }
    }

    public static string Describe(Expectation expectation)
    {
        if (double.IsInfinity(expectation.Minimum))
        {
            return $"at most {Number(expectation.Maximum)}";
        }

        if (double.IsInfinity(expectation.Maximum))
        {
            return $"at least {Number(expectation.Minimum)}";
        }

        return expectation.Minimum == expectation.Maximum
            ? Number(expectation.Minimum)
            : $"{Number(expectation.Minimum)} to {Number(expectation.Maximum)}";
    }

    public static string NameOf(Expectation expectation)
    {
        string time = expectation is { FromNs: 0, ToNs: null }
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" from {expectation.FromNs / 1e9:0.###} s")
                + (expectation.ToNs is long toNs ? string.Create(CultureInfo.InvariantCulture, $" to {toNs / 1e9:0.###} s") : "");
        return expectation.Metric + (expectation.IsPerSecond ? " per second" : "") + time;
    }

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
