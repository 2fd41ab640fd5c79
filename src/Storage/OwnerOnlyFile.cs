namespace Piccolo.Storage;

/// <summary>Files that only their owner may read, from the moment they exist.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder for secrets; one that exists is left as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    /// <summary>Writes a file whole or not at all: into a new file beside it that takes its place.</summary>
    public static void Write(string path, ReadOnlySpan<byte> octets)
    {
        string fresh = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(octets);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Refuses a secret that others may read.</summary>
    /// <exception cref="StorageException">Group or others have rights on the file.</exception>
    public static void RequireOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixFileMode others = File.GetUnixFileMode(path) & ~(OwnerFile | UnixFileMode.UserExecute);
        if (others != UnixFileMode.None)
        {
            throw new StorageException(path, $"is a secret that others may use ({others}); run chmod 600 on it");
        }
    }
}
