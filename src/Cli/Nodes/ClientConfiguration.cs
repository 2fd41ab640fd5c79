namespace Piccolo.Cli.Nodes;

/// <summary>Which node the tools talk to, as NDN users expect it to be found.</summary>
/// <remarks>
/// Order: <c>--node</c>; the variable <c>NDN_CLIENT_TRANSPORT</c>; the key <c>transport</c> of the first existing
/// <c>client.conf</c> of <c>~/.ndn</c>, <c>/usr/local/etc/ndn</c>, <c>/etc/ndn</c>; a socket that exists at
/// <c>/run/nfd/nfd.sock</c>; a socket of the user's own node at <c>$XDG_RUNTIME_DIR/piccolo/nfd.sock</c>.
/// Source: ndn-client.conf(5) of ndn-cxx.
/// </remarks>
internal static class ClientConfiguration
{
    private const string SystemSocket = "/run/nfd/nfd.sock";

    /// <summary>The FaceUri of the node.</summary>
    /// <param name="option">What <c>--node</c> says, or null.</param>
    public static string NodeUri(string? option)
    {
        string? uri = option
            ?? NonEmpty(Environment.GetEnvironmentVariable("NDN_CLIENT_TRANSPORT"))
            ?? TransportOfClientConf();
        if (uri is not null)
        {
            return uri;
        }

        string own = OwnSocket();
        return "unix://" + (File.Exists(SystemSocket) || !File.Exists(own) ? SystemSocket : own);
    }

    /// <summary>The folder where the tools keep keys they learned to trust; <c>PICCOLO_STATE</c> overrides it.</summary>
    public static string StateFolder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string state = NonEmpty(Environment.GetEnvironmentVariable("XDG_STATE_HOME")) ?? Path.Combine(home, ".local", "state");
        return NonEmpty(Environment.GetEnvironmentVariable("PICCOLO_STATE")) ?? Path.Combine(state, "piccolo", "client");
    }

    private static string OwnSocket() =>
        Path.Combine(NonEmpty(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")) ?? Path.GetTempPath(), "piccolo", "nfd.sock");

    private static string? TransportOfClientConf()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (string path in new[] { Path.Combine(home, ".ndn/client.conf"), "/usr/local/etc/ndn/client.conf", "/etc/ndn/client.conf" })
        {
            if (File.Exists(path))
            {
                return TransportOf(File.ReadLines(path));
            }
        }

        return null;
    }

    private static string? TransportOf(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string text = line.Trim();
            if (text.StartsWith('['))
            {
                return null;
            }

            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text[0] is not (';' or '#') && text[..equals].Trim() == "transport")
            {
                return NonEmpty(text[(equals + 1)..].Trim());
            }
        }

        return null;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
