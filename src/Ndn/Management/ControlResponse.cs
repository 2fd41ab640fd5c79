using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>The answer to a management command: a status, a sentence, and usually the parameters in effect.</summary>
/// <remarks>Wire: TLV-TYPE 101 { StatusCode 102, StatusText 103, [one body element] }.</remarks>
public sealed class ControlResponse
{
    /// <summary>Makes a response.</summary>
    /// <param name="statusCode">See <see cref="ManagementStatusCode"/>.</param>
    /// <param name="statusText">A sentence for people; may be empty.</param>
    /// <param name="body">One whole element, or empty for none.</param>
    public ControlResponse(ulong statusCode, string statusText, ReadOnlyMemory<byte> body = default)
    {
        ArgumentNullException.ThrowIfNull(statusText);
        StatusCode = statusCode;
        StatusText = statusText;
        Body = body;
    }

    /// <summary>See <see cref="ManagementStatusCode"/>; other numbers are kept.</summary>
    public ulong StatusCode { get; }

    /// <summary>A sentence for people.</summary>
    public string StatusText { get; }

    /// <summary>The body element, header included; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Whether the command was carried out.</summary>
    public bool IsSuccess => StatusCode < ManagementStatusCode.FirstFailure;

    /// <summary>Reads the body as the parameters of the command.</summary>
    /// <returns>
    /// <see cref="TlvStatus.Ok"/>; <see cref="TlvStatus.MissingElement"/> when the body is absent or another element; or
    /// why it cannot be read.
    /// </returns>
    public TlvStatus TryGetParameters(out ControlParameters? parameters)
    {
        parameters = null;
        return Body.IsEmpty ? TlvStatus.MissingElement : ControlParameters.TryDecode(Body.Span, out parameters);
    }

    /// <summary>The whole element.</summary>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Number(ManagementTlvType.StatusCode, StatusCode)
        .Text(ManagementTlvType.StatusText, StatusText)
        .Raw(Body.Span)
        .ToElement(ManagementTlvType.ControlResponse);

    /// <summary>Reads one whole element; the body is copied.</summary>
    /// <returns><see cref="TlvStatus.Ok"/>, or why the octets are no ControlResponse.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out ControlResponse? response)
    {
        response = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.ControlResponse, out ReadOnlySpan<byte> value);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        ulong? code = null;
        string? text = null;
        byte[] body = [];
        var reader = new TlvReader(value);
        while (!reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (code is null)
            {
                status = element.Type == ManagementTlvType.StatusCode
                    ? ManagementTlvFields.Number(element, ref code)
                    : TlvStatus.MissingElement;
            }
            else if (text is null)
            {
                status = element.Type == ManagementTlvType.StatusText
                    ? ManagementTlvFields.Text(element, ref text)
                    : TlvStatus.MissingElement;
            }
            else if (body.Length == 0)
            {
                body = element.Whole.ToArray();
            }

            if (status != TlvStatus.Ok)
            {
                return status;
            }
        }

        if (code is null || text is null)
        {
            return TlvStatus.MissingElement;
        }

        response = new ControlResponse(code.Value, text, body);
        return TlvStatus.Ok;
    }
}
