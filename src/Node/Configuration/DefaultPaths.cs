namespace Piccolo.Node.Configuration;

/// <summary>Where things are when nobody says otherwise.</summary>
internal static class DefaultPaths
{
    private const string SystemSocket = "/run/nfd/nfd.sock";

    /// <summary>NFD's socket where this process may make it, else one in the user's runtime folder.</summary>
    public static string UnixSocket()
    {
        if (CanWrite(Path.GetDirectoryName(SystemSocket)!))
        {
            return SystemSocket;
        }

        string runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder
            ? folder
            : Path.GetTempPath();
        return Path.Combine(runtime, "piccolo", "nfd.sock");
    }

    /// <summary>The state folder by the XDG base directory convention.</summary>
    public static string StateFolder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(home, ".local", "state");
        return Path.Combine(state, "piccolo");
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".piccolo-{Environment.ProcessId}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
