using System.Globalization;

namespace Piccolo.Sim.Reports;

/// <summary>Takes the series of a figure out of metric tables and reference files.</summary>
internal static class FigureData
{
    /// <summary>Distinct values that a column may have for a series each.</summary>
    private const int SeriesMax = 64;

    public static List<FigureSeries> Collect(FigureSettings figure, IReadOnlyList<MetricTable> tables)
    {
        var all = new List<FigureSeries>();
        foreach (SeriesSettings series in figure.Series)
        {
            all.AddRange(FromTable(figure, series, Find(figure, series.Table, tables)));
        }

        foreach (ReferenceSettings reference in figure.References)
        {
            all.AddRange(FromFile(figure, reference));
        }

        return all;
    }

    private static MetricTable Find(FigureSettings figure, string name, IReadOnlyList<MetricTable> tables)
    {
        foreach (MetricTable table in tables)
        {
            if (string.Equals(table.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return table;
            }
        }

        throw new ScenarioException(
            $"figure '{figure.Name}': there is no table '{name}'; this run has {Quote(tables.Select(table => table.Name))}");
    }

    private static int Column(FigureSettings figure, MetricTable table, string name)
    {
        int index = table.IndexOf(name);
        return index >= 0
            ? index
            : throw new ScenarioException(
                $"figure '{figure.Name}': table '{table.Name}' has no column '{name}'; it has {Quote(table.Columns)}");
    }

    private static IEnumerable<FigureSeries> FromTable(FigureSettings figure, SeriesSettings settings, MetricTable table)
    {
        int x = Column(figure, table, settings.X);
        bool readsY = settings.Kind != SeriesKind.Cdf && settings.Aggregate != SeriesAggregate.Count;
        int y = readsY ? Column(figure, table, settings.Y) : -1;
        int by = settings.By.Length == 0 ? -1 : Column(figure, table, settings.By);
        (int Column, string Value)[] where = [.. settings.Where.Select(pair => (Column(figure, table, pair.Key), pair.Value))];

        var order = new List<FigureSeries>();
        var byName = new Dictionary<string, FigureSeries>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            if (!Array.TrueForAll(where, pair => table[row, pair.Column].ToString() == pair.Value))
            {
                continue;
            }

            string group = by < 0 ? "" : table[row, by].ToString();
            if (!byName.TryGetValue(group, out FigureSeries? series))
            {
                if (order.Count == SeriesMax)
                {
                    throw new ScenarioException(
                        $"figure '{figure.Name}': column '{settings.By}' has more than {SeriesMax} values, too many for a series each; "
                        + "pick rows with \"where\"");
                }

                series = new FigureSeries { Label = LabelOf(settings, group), Kind = settings.Kind };
                byName.Add(group, series);
                order.Add(series);
            }

            series.X.Add(table[row, x].ToDouble() * settings.XScale);
            series.Y.Add(y < 0 ? 1 : table[row, y].ToDouble() * settings.YScale);
            if (settings.Kind == SeriesKind.Bars)
            {
                series.Names.Add(table[row, x].ToString());
            }
        }

        order.Sort((a, b) => NaturalOrder.Compare(a.Label, b.Label));
        return order.Select(series => Shape(series, settings));
    }

    private static string LabelOf(SeriesSettings settings, string group)
    {
        string own = settings.Label.Length > 0 || group.Length > 0 ? settings.Label
            : settings.Kind == SeriesKind.Cdf ? settings.X
            : settings.Y;
        return group.Length == 0 ? own : own.Length == 0 ? group : $"{own} {group}";
    }

    private static FigureSeries Shape(FigureSeries series, SeriesSettings settings) => settings.Kind switch
    {
        SeriesKind.Cdf => SeriesShapes.Cumulate(series),
        SeriesKind.Bars => SeriesShapes.AggregateByName(series, settings.Aggregate),
        _ => SeriesShapes.AggregateByX(series, settings.Aggregate),
    };

    private static IEnumerable<FigureSeries> FromFile(FigureSettings figure, ReferenceSettings settings)
    {
        ReferenceFile file = ReferenceFile.Read(settings.File);
        IReadOnlyList<string> names = settings.Names.Count == 0 ? file.Columns : settings.Names;
        if (names.Count != file.Columns.Count)
        {
            throw new ScenarioException(
                $"figure '{figure.Name}': {names.Count} names for the {file.Columns.Count} columns of {file.Path}");
        }

        List<int> columns = settings.Columns.Count == 0
            ? [.. Enumerable.Range(1, names.Count - 1)]
            : [.. settings.Columns.Select(name => ColumnOf(figure, file, names, name))];
        string label = settings.Label.Length > 0 ? settings.Label : Path.GetFileNameWithoutExtension(file.Path);
        foreach (int column in columns)
        {
            var series = new FigureSeries
            {
                Label = columns.Count == 1 ? label : $"{label} {names[column]}",
                Kind = SeriesKind.Points,
                IsReference = true,
            };
            for (int row = 0; row < file.RowCount; row++)
            {
                series.X.Add(file[row, 0] * settings.XScale);
                series.Y.Add(file[row, column] * settings.YScale);
            }

            yield return series;
        }
    }

    private static int ColumnOf(FigureSettings figure, ReferenceFile file, IReadOnlyList<string> names, string name)
    {
        for (int i = 1; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 2 && number <= names.Count
            ? number - 1
            : throw new ScenarioException($"figure '{figure.Name}': {file.Path} has no column '{name}'; it has {Quote(names.Skip(1))}");
    }

    private static string Quote(IEnumerable<string> names)
    {
        string list = string.Join(", ", names.Select(name => $"'{name}'"));
        return list.Length == 0 ? "none" : list;
    }
}
