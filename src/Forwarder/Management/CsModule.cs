using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the <c>cs</c> module: the content store's size, flags and contents.</summary>
internal sealed class CsModule(ManagementOptions options, IManagedForwarder forwarder)
{
    public CommandResult Config(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        CsFlags? flags = null;
        if (parameters.Flags is ulong bits)
        {
            var mask = (CsFlags)(parameters.Mask ?? 0);
            flags = (forwarder.ContentStoreInfo.Flags & ~mask) | ((CsFlags)bits & mask);
            flags &= CsFlags.Admit | CsFlags.Serve;
        }

        forwarder.ConfigureContentStore(parameters.Capacity, flags);
        CsInfo info = forwarder.ContentStoreInfo;
        return CommandResult.Ok(new ControlParameters { Capacity = info.Capacity, Flags = (ulong)info.Flags });
    }

    public CommandResult Erase(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (parameters.Count == 0)
        {
            return CommandResult.BadParameters();
        }

        ulong limit = (ulong)options.EraseCountMax;
        int countMax = (int)Math.Min(parameters.Count ?? limit, limit);
        int erased = forwarder.EraseContent(parameters.Name!, countMax, out bool hasMore);
        bool isCut = hasMore && (parameters.Count is null || parameters.Count > limit);
        return CommandResult.Ok(new ControlParameters
        {
            Name = parameters.Name,
            Count = (ulong)erased,
            Capacity = isCut ? limit : null,
        });
    }
}
