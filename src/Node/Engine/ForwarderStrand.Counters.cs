using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Management;
using Piccolo.Ndn.Link;

namespace Piccolo.Node.Engine;

internal sealed partial class ForwarderStrand
{
    /// <summary>Every counter of the engine, its management and its links, by name; what never happened is left out.</summary>
    public Task<SortedDictionary<string, long>> CountersAsync() => CallAsync((core, _) =>
    {
        SortedDictionary<string, long> counters = new(StringComparer.Ordinal);
        foreach (DropReason reason in Enum.GetValues<DropReason>())
        {
            Add("forwarder.dropped." + reason, (long)core.Counters.Dropped(reason));
        }

        Add("forwarder.interests.looped", (long)core.Counters.LoopedInterests);
        Add("forwarder.interests.suppressed", (long)core.Counters.SuppressedInterests);
        Add("forwarder.store.hits", (long)core.Counters.ContentStoreHits);
        Add("forwarder.store.misses", (long)core.Counters.ContentStoreMisses);
        ManagementCounters management = _management.Counters;
        Add("management.commands.done", management.CommandsDone);
        Add("management.commands.failed", management.CommandsFailed);
        Add("management.commands.ignored", management.CommandsIgnored);
        Add("management.interests.malformed", management.InterestsMalformed);
        Add("strand.frames.dropped", DroppedFrames);
        Add("strand.faults", Faults);
        foreach (Face face in core.ListFaces())
        {
            if (face.Link is { } link)
            {
                AddLink(link.Counters);
            }
        }

        return counters;

        void Add(string name, long value)
        {
            if (value != 0)
            {
                counters[name] = counters.GetValueOrDefault(name) + value;
            }
        }

        void AddLink(LinkCounters link)
        {
            object boxed = link;
            foreach (System.Reflection.PropertyInfo property in typeof(LinkCounters).GetProperties())
            {
                if (property.PropertyType == typeof(ulong))
                {
                    Add("link." + property.Name, (long)(ulong)property.GetValue(boxed)!);
                }
            }

            foreach (System.Reflection.FieldInfo field in typeof(LinkCounters).GetFields())
            {
                if (field.FieldType == typeof(ulong))
                {
                    Add("link." + field.Name, (long)(ulong)field.GetValue(boxed)!);
                }
            }
        }
    });
}
