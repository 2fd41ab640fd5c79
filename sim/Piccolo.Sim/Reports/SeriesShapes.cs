namespace Piccolo.Sim.Reports;

/// <summary>Turns picked rows into the points of a series: sorted, summed, accumulated, thinned.</summary>
internal static class SeriesShapes
{
    /// <summary>Points that are drawn of a line; more cannot be told apart and make files of megabytes.</summary>
    public const int PointsMax = 2000;

    /// <summary>Markers that are drawn of a cloud of points.</summary>
    public const int MarkersMax = 10_000;

    /// <summary>The empirical distribution: one point for each distinct value, thinned evenly in probability.</summary>
    public static FigureSeries Cumulate(FigureSeries series)
    {
        double[] values = [.. series.X.Where(double.IsFinite)];
        Array.Sort(values);
        var result = new FigureSeries { Label = series.Label, Kind = series.Kind };
        double next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bool isLastOfValue = i + 1 == values.Length || values[i + 1] > values[i];
            if (i == 0)
            {
                result.X.Add(values[0]);
                result.Y.Add(0);
            }

            double share = (i + 1) / (double)values.Length;
            if (isLastOfValue && (share >= next || i + 1 == values.Length))
            {
                result.X.Add(values[i]);
                result.Y.Add(share);
                next = share + (1.0 / PointsMax);
            }
        }

        return result;
    }

    /// <summary>Points in the order of x, those with one x made one where an aggregate is wanted.</summary>
    public static FigureSeries AggregateByX(FigureSeries series, SeriesAggregate aggregate)
    {
        int[] order = [.. Enumerable.Range(0, series.X.Count).Where(i => double.IsFinite(series.X[i]) && !double.IsNaN(series.Y[i]))];
        double[] keys = [.. order.Select(i => series.X[i])];
        order = [.. order.Select((index, position) => (index, key: keys[position])).OrderBy(pair => pair.key).Select(pair => pair.index)];
        var result = new FigureSeries { Label = series.Label, Kind = series.Kind };
        for (int i = 0; i < order.Length;)
        {
            int end = i + 1;
            while (aggregate != SeriesAggregate.None && end < order.Length && series.X[order[end]] == series.X[order[i]])
            {
                end++;
            }

            result.X.Add(series.X[order[i]]);
            result.Y.Add(Combine(series, order.AsSpan(i, end - i), aggregate));
            i = end;
        }

        return series.Kind == SeriesKind.Points ? Stride(result) : Thin(result);
    }

    /// <summary>One bar for each name, in the order of first appearance.</summary>
    public static FigureSeries AggregateByName(FigureSeries series, SeriesAggregate aggregate)
    {
        var names = new List<string>();
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < series.Names.Count; i++)
        {
            if (double.IsNaN(series.Y[i]))
            {
                continue;
            }

            if (!members.TryGetValue(series.Names[i], out List<int>? list))
            {
                members.Add(series.Names[i], list = []);
                names.Add(series.Names[i]);
            }

            list.Add(i);
        }

        var result = new FigureSeries { Label = series.Label, Kind = series.Kind };
        foreach (string name in names)
        {
            // A bar has one height: without an aggregate the last row counts.
            int[] rows = [.. members[name]];
            result.Names.Add(name);
            result.X.Add(series.X[rows[0]]);
            result.Y.Add(aggregate == SeriesAggregate.None ? series.Y[rows[^1]] : Combine(series, rows, aggregate));
        }

        return result;
    }

    private static double Combine(FigureSeries series, ReadOnlySpan<int> rows, SeriesAggregate aggregate)
    {
        double sum = 0;
        double smallest = double.PositiveInfinity;
        double largest = double.NegativeInfinity;
        foreach (int row in rows)
        {
            double y = series.Y[row];
            sum += y;
            smallest = Math.Min(smallest, y);
            largest = Math.Max(largest, y);
        }

        return aggregate switch
        {
            SeriesAggregate.Mean => sum / rows.Length,
            SeriesAggregate.Minimum => smallest,
            SeriesAggregate.Maximum => largest,
            SeriesAggregate.Count => rows.Length,
            _ => sum,
        };
    }

    private static FigureSeries Stride(FigureSeries series)
    {
        int count = series.X.Count;
        if (count <= MarkersMax)
        {
            return series;
        }

        var result = new FigureSeries { Label = series.Label, Kind = series.Kind };
        for (int i = 0; i < MarkersMax; i++)
        {
            int kept = (int)((long)count * i / MarkersMax);
            result.X.Add(series.X[kept]);
            result.Y.Add(series.Y[kept]);
        }

        return result;
    }

    // The smallest and the largest of each stretch stay, so that a peak is never lost.
    private static FigureSeries Thin(FigureSeries series)
    {
        int count = series.X.Count;
        if (count <= PointsMax)
        {
            return series;
        }

        var result = new FigureSeries { Label = series.Label, Kind = series.Kind };
        int stretches = PointsMax / 2;
        for (int stretch = 0; stretch < stretches; stretch++)
        {
            int begin = (int)((long)count * stretch / stretches);
            int end = (int)((long)count * (stretch + 1) / stretches);
            int low = begin;
            int high = begin;
            for (int i = begin; i < end; i++)
            {
                low = series.Y[i] < series.Y[low] ? i : low;
                high = series.Y[i] > series.Y[high] ? i : high;
            }

            foreach (int kept in low == high ? [low] : new[] { Math.Min(low, high), Math.Max(low, high) })
            {
                result.X.Add(series.X[kept]);
                result.Y.Add(series.Y[kept]);
            }
        }

        return result;
    }
}
