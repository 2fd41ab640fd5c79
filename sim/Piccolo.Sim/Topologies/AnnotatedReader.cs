namespace Piccolo.Sim.Topologies;

/// <summary>Reads ndnSIM's annotated topologies.</summary>
/// <remarks>
/// <code>
/// router
/// # node comment yPos xPos [partition]
/// link
/// # from to bandwidth metric [delay [queue [error model]]]
/// </code>
/// The comment becomes the node's kind unless it is NA; a partition is read and not used.
/// Source: ndnSIM documentation, "Topology helpers", annotated topologies.
/// </remarks>
internal static class AnnotatedReader
{
    private enum Section
    {
        None,
        Router,
        Link,
    }

    internal static Topology Read(string text, TopologyBuilder builder)
    {
        Section section = Section.None;
        int last = 1;
        foreach ((int line, string[] fields) in TopologyLines.Of(text))
        {
            last = line;
            if (fields is ["router"])
            {
                section = section == Section.None
                    ? Section.Router
                    : throw builder.Error(line, "a second 'router' section; there is exactly one, before the 'link' section");
            }
            else if (fields is ["link"])
            {
                section = section switch
                {
                    Section.Router => Section.Link,
                    Section.None => throw builder.Error(line, "the 'link' section comes before the 'router' section; nodes come first"),
                    _ => throw builder.Error(line, "a second 'link' section; there is exactly one"),
                };
            }
            else if (section == Section.Router)
            {
                ReadNode(line, fields, builder);
            }
            else if (section == Section.Link)
            {
                ReadLink(line, fields, builder);
            }
            else
            {
                throw builder.Error(line, $"'{Quote.Clip(fields[0])}' stands before the 'router' section, which begins the file");
            }
        }

        if (section != Section.Link)
        {
            throw builder.Error(last, section == Section.None ? "there is no 'router' section" : "there is no 'link' section");
        }

        return builder.Build();
    }

    private static void ReadNode(int line, string[] fields, TopologyBuilder builder)
    {
        if (fields.Length is not (1 or 2 or 4 or 5))
        {
            throw builder.Error(line, $"a node has {fields.Length} fields; write: name comment yPos xPos, and a partition if you like");
        }

        double y = fields.Length > 2 ? builder.Coordinate(line, fields[2], "y position") : 0;
        double x = fields.Length > 2 ? builder.Coordinate(line, fields[3], "x position") : 0;
        if (fields.Length > 4)
        {
            builder.Whole(line, fields[4], "partition", 0);
        }

        builder.AddNode(line, fields[0], x, y, fields.Length > 1 && fields[1] != "NA" ? fields[1] : "");
    }

    private static void ReadLink(int line, string[] fields, TopologyBuilder builder)
    {
        if (fields.Length is < 4 or > 7)
        {
            throw builder.Error(line, $"a link has {fields.Length} fields; write: from to bandwidth metric delay queue error-model");
        }

        int a = builder.RequireNode(line, fields[0]);
        int b = builder.RequireNode(line, fields[1]);
        LinkSettings settings = builder.Defaults with
        {
            RateBps = builder.Rate(line, fields[2], "bps"),
            Metric = builder.Whole(line, fields[3], "metric", 0),
        };
        if (fields.Length > 4)
        {
            settings = settings with { DelayNs = builder.Delay(line, fields[4], "") };
        }

        if (fields.Length > 5)
        {
            settings = settings with { Queue = QueueText.Parse(builder.Place(line), fields[5]) };
        }

        if (fields.Length > 6)
        {
            settings = settings with { Faults = settings.Faults with { Loss = LossText.Parse(builder.Place(line), fields[6]) } };
        }

        builder.AddOnlyLink(line, a, b, settings);
    }
}
