using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Management;

/// <content>The way of a command: signature, permission, parameters, module, answer.</content>
internal sealed partial class ManagementService
{
    /// <summary>The components of a signature in the name: its info and its value.</summary>
    private const int SignatureComponentCount = 2;

    private void HandleCommand(
        in InterestView interest, Name name, string module, string verb, CommandOrigin origin)
    {
        if (!TryReadSignature(interest, name, out CommandSignatureForm form, out SignatureInfo? signatureInfo))
        {
            Counters.CommandsIgnored++;
            return;
        }

        CommandSchema? schema = FindSchema(module, verb);
        if (schema is null)
        {
            Answer(name, new CommandResult(ManagementStatusCode.NotImplemented, "no such module or verb"));
            return;
        }

        var request = new CommandRequest
        {
            Module = module,
            Verb = verb,
            Ingress = origin.Ingress,
            IsLocalhop = origin.IsLocalhop,
            SignatureForm = form,
            SignatureInfo = signatureInfo,
            Interest = interest.Packet,
        };
        switch (Decide(schema, request))
        {
            case CommandDecision.Accept:
                CommandResult result = schema.Kind == CommandKind.RibAnnounce
                    ? ExecuteAnnouncement(interest, name, origin)
                    : Execute(schema, name, origin);
                if (!result.IsPending)
                {
                    Answer(name, result);
                }

                break;
            case CommandDecision.Reject:
                Answer(name, new CommandResult(ManagementStatusCode.Unauthorized, "authorization rejected"));
                break;
            default:
                Counters.CommandsIgnored++;
                break;
        }
    }

    private CommandDecision Decide(CommandSchema schema, in CommandRequest request)
    {
        bool isOpenToNeighbours = schema.Kind is CommandKind.RibRegister or CommandKind.RibUnregister;
        return request.IsLocalhop && !isOpenToNeighbours
            ? CommandDecision.Reject
            : _authorizer.Authorize(request, _now);
    }

    private CommandResult Execute(CommandSchema schema, Name name, CommandOrigin origin)
    {
        if (name.Count <= ManagementNames.ArgumentIndex
            || ControlParameters.TryDecode(
                name[ManagementNames.ArgumentIndex].Value.Span, out ControlParameters? parameters) != TlvStatus.Ok)
        {
            return CommandResult.BadParameters("malformed or missing control parameters");
        }

        if (!schema.Accepts(parameters!))
        {
            return CommandResult.BadParameters();
        }

        var context = new CommandContext(name, parameters!, origin.Ingress, _now);
        return schema.Kind switch
        {
            CommandKind.FacesCreate => _faceModule.Create(context),
            CommandKind.FacesUpdate => _faceModule.Update(context),
            CommandKind.FacesDestroy => _faceModule.Destroy(context),
            CommandKind.FibAddNextHop => _fibModule.AddNextHop(context),
            CommandKind.FibRemoveNextHop => _fibModule.RemoveNextHop(context),
            CommandKind.CsConfig => _csModule.Config(context),
            CommandKind.CsErase => _csModule.Erase(context),
            CommandKind.StrategyChoiceSet => _strategyModule.Set(context),
            CommandKind.StrategyChoiceUnset => _strategyModule.Unset(context),
            CommandKind.RibRegister => _ribModule.Register(context),
            _ => _ribModule.Unregister(context),
        };
    }

    private CommandResult ExecuteAnnouncement(in InterestView interest, Name name, CommandOrigin origin)
    {
        if (PrefixAnnouncement.TryDecode(interest.ApplicationParameters, out PrefixAnnouncement? announcement)
            != TlvStatus.Ok)
        {
            return CommandResult.BadParameters("malformed or missing prefix announcement");
        }

        var context = new CommandContext(name, new ControlParameters(), origin.Ingress, _now);
        return _ribModule.Announce(context, announcement!);
    }

    /// <summary>Finds out how a command is signed.</summary>
    /// <returns>False when something stands where a signature should, and is none.</returns>
    private static bool TryReadSignature(
        in InterestView interest, Name name, out CommandSignatureForm form, out SignatureInfo? info)
    {
        form = CommandSignatureForm.None;
        info = null;
        if (interest.IsSigned)
        {
            form = CommandSignatureForm.SignedInterest;
            return interest.TryGetSignatureInfo(out info) == TlvStatus.Ok;
        }

        if (name.Count < ManagementNames.ArgumentIndex + 1 + SignatureComponentCount)
        {
            return true;
        }

        ReadOnlySpan<byte> infoElement = name[^2].Value.Span;
        ReadOnlySpan<byte> valueElement = name[^1].Value.Span;
        bool hasInfo = infoElement.Length > 0 && infoElement[0] == TlvType.SignatureInfo;
        bool hasValue = valueElement.Length > 0 && valueElement[0] == TlvType.SignatureValue;
        if (!hasInfo && !hasValue)
        {
            return true;
        }

        form = CommandSignatureForm.NameComponents;
        return SignatureInfo.TryDecode(infoElement, out info) == TlvStatus.Ok && IsElement(valueElement);
    }

    private static bool IsElement(ReadOnlySpan<byte> octets)
    {
        var reader = new TlvReader(octets);
        return reader.TryRead(out TlvElement element) == TlvStatus.Ok
            && element.Type == TlvType.SignatureValue
            && reader.IsAtEnd;
    }

    private static CommandSchema? FindSchema(string module, string verb)
    {
        foreach (CommandSchema schema in CommandSchema.All)
        {
            if (schema.Module == module && schema.Verb == verb)
            {
                return schema;
            }
        }

        return null;
    }
}
