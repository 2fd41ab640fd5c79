using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Writes a summary as JSON, or as lines for a table.</summary>
public static class RunSummaryWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a summary to a file.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Save(RunSummary summary, string path)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(summary, writer);
        }

        using var file = new OutputFile(path);
        file.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        file.Write("\n"u8);
        file.EndRecord();
    }

    /// <summary>Writes a summary as one JSON object.</summary>
    public static void Write(RunSummary summary, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("scenario", summary.Scenario);
        writer.WriteNumber("seed", summary.Seed);
        writer.WriteNumber("virtualNs", summary.VirtualNs);
        writer.WriteNumber("events", summary.EventCount);
        writer.WriteString("digest", Hex(summary.Digest));
        writer.WriteNumber("nodes", summary.NodeCount);
        writer.WriteNumber("links", summary.LinkCount);
        writer.WriteStartObject("applications");
        writer.WriteNumber("interests", summary.ApplicationInterests);
        writer.WriteNumber("data", summary.ApplicationData);
        writer.WriteNumber("nacks", summary.ApplicationNacks);
        writer.WriteNumber("timeouts", summary.ApplicationTimeouts);
        writer.WriteNumber("satisfactionRatio", summary.SatisfactionRatio);
        WriteDelay(writer, "delay", summary.Delay);
        writer.WriteEndObject();
        writer.WriteStartObject("forwarders");
        writer.WriteNumber("satisfiedEntries", summary.SatisfiedEntries);
        writer.WriteNumber("unsatisfiedEntries", summary.UnsatisfiedEntries);
        writer.WriteNumber("contentStoreHits", summary.ContentStoreHits);
        writer.WriteNumber("contentStoreMisses", summary.ContentStoreMisses);
        writer.WriteNumber("contentStoreHitRatio", summary.ContentStoreHitRatio);
        writer.WriteEndObject();
        writer.WriteStartObject("linkTotals");
        writer.WriteNumber("framesSent", summary.LinkFramesSent);
        writer.WriteNumber("framesDelivered", summary.LinkFramesDelivered);
        writer.WriteNumber("octetsDelivered", summary.LinkOctetsDelivered);
        writer.WriteNumber("utilisationMean", summary.UtilisationMean);
        writer.WriteNumber("utilisationMax", summary.UtilisationMax);
        writer.WriteString("busiestLink", summary.BusiestLink);
        writer.WriteEndObject();
        WriteCounts(writer, "drops", summary.Drops);
        writer.WriteStartObject("calls");
        WriteCounts(writer, "outcomes", summary.Calls);
        WriteDelay(writer, "duration", summary.CallDuration);
        writer.WriteEndObject();
        WriteTraces(writer, summary.Traces);
        writer.WriteEndObject();
    }

    /// <summary>The summary as lines for a table, without what did not occur.</summary>
    public static IReadOnlyList<SummaryLine> ToLines(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var lines = new List<SummaryLine>
        {
            new("run", "seed", summary.Seed.ToString(CultureInfo.InvariantCulture)),
            new("run", "virtual time", $"{MetricValue.Seconds(summary.VirtualNs)} s"),
            new("run", "nodes", Text(summary.NodeCount)),
            new("run", "links", Text(summary.LinkCount)),
            new("run", "events", Text(summary.EventCount)),
            new("run", "digest", Hex(summary.Digest)),
            new("applications", "Interests", Text(summary.ApplicationInterests)),
            new("applications", "Data", $"{Text(summary.ApplicationData)} ({Percent(summary.SatisfactionRatio)})"),
            new("applications", "Nacks", Text(summary.ApplicationNacks)),
            new("applications", "timeouts", Text(summary.ApplicationTimeouts)),
        };
        AddDelay(lines, "applications", "delay", summary.Delay);
        lines.Add(new("forwarders", "satisfied", Text(summary.SatisfiedEntries)));
        lines.Add(new("forwarders", "unsatisfied", Text(summary.UnsatisfiedEntries)));
        lines.Add(new("forwarders", "content store hits", $"{Text(summary.ContentStoreHits)} ({Percent(summary.ContentStoreHitRatio)})"));
        lines.Add(new("links", "frames sent", Text(summary.LinkFramesSent)));
        lines.Add(new("links", "frames delivered", Text(summary.LinkFramesDelivered)));
        lines.Add(new("links", "octets delivered", Text(summary.LinkOctetsDelivered)));
        lines.Add(new("links", "utilisation, mean", Percent(summary.UtilisationMean)));
        if (summary.BusiestLink.Length > 0)
        {
            lines.Add(new("links", "utilisation, most", $"{Percent(summary.UtilisationMax)} ({summary.BusiestLink})"));
        }

        foreach (SummaryCount drop in summary.Drops)
        {
            lines.Add(new("drops", drop.Name, Text(drop.Count)));
        }

        foreach (SummaryCount call in summary.Calls)
        {
            lines.Add(new("calls", call.Name, Text(call.Count)));
        }

        AddDelay(lines, "calls", "duration", summary.CallDuration);
        foreach (TraceSummary trace in summary.Traces)
        {
            string leftOut = trace.LeftOut == 0 ? "" : $", {Text(trace.LeftOut)} more left out";
            lines.Add(new("files", trace.File, $"{Text(trace.Rows)} rows{leftOut}"));
        }

        return lines;
    }

    private static void AddDelay(List<SummaryLine> lines, string section, string label, DelaySummary? delay)
    {
        if (delay is not null && delay.Count > 0)
        {
            lines.Add(new(section, $"{label}, mean", Milliseconds(delay.MeanNs)));
            string[] percentiles = [Milliseconds(delay.MedianNs), Milliseconds(delay.P90Ns), Milliseconds(delay.P99Ns)];
            lines.Add(new(section, $"{label}, 50/90/99 %", string.Join(" / ", percentiles)));
            lines.Add(new(section, $"{label}, most", Milliseconds(delay.MaximumNs)));
        }
    }

    private static void WriteDelay(Utf8JsonWriter writer, string name, DelaySummary? delay)
    {
        if (delay is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("count", delay.Count);
        writer.WriteNumber("minimumNs", delay.MinimumNs);
        writer.WriteNumber("meanNs", delay.MeanNs);
        writer.WriteNumber("p50Ns", delay.MedianNs);
        writer.WriteNumber("p90Ns", delay.P90Ns);
        writer.WriteNumber("p99Ns", delay.P99Ns);
        writer.WriteNumber("p999Ns", delay.P999Ns);
        writer.WriteNumber("maximumNs", delay.MaximumNs);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IReadOnlyList<SummaryCount> counts)
    {
        writer.WriteStartObject(name);
        foreach (SummaryCount count in counts)
        {
            writer.WriteNumber(count.Name, count.Count);
        }

        writer.WriteEndObject();
    }

    private static void WriteTraces(Utf8JsonWriter writer, IReadOnlyList<TraceSummary> traces)
    {
        writer.WriteStartArray("traces");
        foreach (TraceSummary trace in traces)
        {
            writer.WriteStartObject();
            writer.WriteString("file", trace.File);
            writer.WriteNumber("rows", trace.Rows);
            writer.WriteNumber("leftOut", trace.LeftOut);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(IFormattable value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Milliseconds(long nanoseconds) => (nanoseconds / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " ms";

    private static string Hex(ulong digest) => digest.ToString("x16", CultureInfo.InvariantCulture);
}
