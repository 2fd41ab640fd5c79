using Piccolo.Ndn.Management;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Management;

/// <summary>How a forwarder answered a command.</summary>
public sealed record CommandResult
{
    /// <summary>See <see cref="ManagementStatusCode"/>.</summary>
    public required ulong StatusCode { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string StatusText { get; init; }

    /// <summary>The parameters in effect; null when the answer has none.</summary>
    public ControlParameters? Parameters { get; init; }

    /// <summary>Whether the command was carried out.</summary>
    public bool IsSuccess => StatusCode < ManagementStatusCode.FirstFailure;

    /// <summary>The face that a create leads to: a new one, or the one to that peer that was there already.</summary>
    public ulong? UsableFaceId =>
        IsSuccess || StatusCode == ManagementStatusCode.Conflict ? Parameters?.FaceId : null;

    /// <summary>Reads the Data that answers a command; whether it is genuine is the caller's question.</summary>
    /// <returns>Ok, or why the Content is no ControlResponse.</returns>
    public static TlvStatus TryParse(Data data, out CommandResult? result)
    {
        ArgumentNullException.ThrowIfNull(data);
        result = null;
        TlvStatus status = ControlResponse.TryDecode(data.Content.Span, out ControlResponse? response);
        if (status != TlvStatus.Ok || response is null)
        {
            return status;
        }

        _ = response.TryGetParameters(out ControlParameters? parameters);
        result = new CommandResult
        {
            StatusCode = response.StatusCode,
            StatusText = response.StatusText,
            Parameters = parameters,
        };
        return TlvStatus.Ok;
    }
}
