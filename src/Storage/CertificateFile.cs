using System.Text;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Storage;

/// <summary>A certificate in a file, as <c>ndnsec</c> reads and writes them: base64 of the Data, 64 characters a line.</summary>
public static class CertificateFile
{
    private const int LineLength = 64;
    private const int OctetsMax = 64 * 1024;

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="StorageException">The file is missing, or is no certificate.</exception>
    public static Certificate Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] packet;
        try
        {
            if (new FileInfo(path).Length > OctetsMax)
            {
                throw new StorageException(path, "is too long for a certificate");
            }

            packet = Convert.FromBase64String(File.ReadAllText(path, Encoding.ASCII));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StorageException(path, "does not exist; it should hold a certificate", error);
        }
        catch (FormatException error)
        {
            throw new StorageException(path, "is not a certificate: not base64", error);
        }

        TlvStatus status = Data.TryDecode(packet, out Data? data);
        if (status != TlvStatus.Ok)
        {
            throw new StorageException(path, $"is not a certificate: no Data packet ({status})");
        }

        CertificateStatus verdict = Certificate.TryCreate(data!, out Certificate? certificate);
        return certificate ?? throw new StorageException(path, $"is not a certificate: {verdict}");
    }

    /// <summary>Writes a certificate.</summary>
    public static void Write(string path, Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        string text = Convert.ToBase64String(certificate.Data.Wire.Span);
        var lines = new StringBuilder();
        for (int i = 0; i < text.Length; i += LineLength)
        {
            lines.Append(text.AsSpan(i, Math.Min(LineLength, text.Length - i))).Append('\n');
        }

        File.WriteAllText(path, lines.ToString(), Encoding.ASCII);
    }
}
