namespace Piccolo.Storage;

/// <summary>A file that cannot be used; the message names it and says what to do.</summary>
public sealed class StorageException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="inner">The cause; null when there is none.</param>
    public StorageException(string path, string message, Exception? inner = null)
        : base($"{path}: {message}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
