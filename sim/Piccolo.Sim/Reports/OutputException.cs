namespace Piccolo.Sim.Reports;

/// <summary>A result could not be written: the disk is full, the folder is not there or not ours.</summary>
/// <remarks>The message names the file. What was written before stays, in whole rows.</remarks>
public sealed class OutputException : Exception
{
    /// <summary>A failure to write one file.</summary>
    public OutputException(string file, Exception cause)
        : base($"{file}: cannot be written: {Reason(cause)}", cause)
    {
        File = file;
    }

    /// <summary>The file that could not be written.</summary>
    public string File { get; }

    // The messages of file streams end with the path once more.
    private static string Reason(Exception? cause)
    {
        string message = cause?.Message ?? "unknown reason";
        int path = message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? message : message[..path]).TrimEnd('.');
    }
}
