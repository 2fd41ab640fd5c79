using System.Net.Sockets;
using Piccolo.Drivers.Streams;
using Piccolo.Drivers.UnixStream;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Drivers.Tests.UnixStream;

public sealed class UnixSocketFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivers-").FullName;
    private readonly string _path;

    public UnixSocketFileTests() => _path = Path.Combine(_folder, "nfd.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Socket_file_of_a_dead_process_is_replaced()
    {
        LeaveStaleSocket();
        Assert.True(File.Exists(_path));
        UnixStreamListener listener = Listen();
        Assert.True(UnixSocketFile.SomebodyAnswers(_path));
        listener.Close();
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void Socket_on_which_somebody_answers_is_left_alone()
    {
        UnixStreamListener first = Listen();
        LinkOpenException error = Assert.Throws<LinkOpenException>(Listen);
        Assert.Equal(LinkOpenFailure.AddressInUse, error.Failure);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.True(UnixSocketFile.SomebodyAnswers(_path));
        first.Close();
    }

    [Fact]
    public void File_or_folder_in_the_socket_s_place_is_left_alone()
    {
        File.WriteAllText(_path, "precious");
        Assert.Equal(LinkOpenFailure.AddressInUse, Assert.Throws<LinkOpenException>(Listen).Failure);
        Assert.Equal("precious", File.ReadAllText(_path));
        File.Delete(_path);
        File.WriteAllText(_path, string.Empty);
        Assert.Throws<LinkOpenException>(Listen);
        Assert.True(File.Exists(_path));
        File.Delete(_path);
        Directory.CreateDirectory(_path);
        Assert.Throws<LinkOpenException>(Listen);
        Assert.True(Directory.Exists(_path));
    }

    [Fact]
    public void Path_that_is_too_long_or_has_no_folder_is_refused()
    {
        Assert.Equal(
            LinkOpenFailure.BadUri,
            Assert.Throws<LinkOpenException>(() => Listen(Path.Combine(_folder, new string('x', 200)))).Failure);
        Assert.Contains(
            "/absent/",
            Assert.Throws<LinkOpenException>(() => Listen(Path.Combine(_folder, "absent", "s"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Permissions_are_those_of_the_options()
    {
        UnixStreamListener listener = Listen();
        const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Everybody, File.GetUnixFileMode(_path));
        }

        listener.Close();
    }

    private UnixStreamListener Listen() => Listen(_path);

    private static UnixStreamListener Listen(string path) =>
        new(path, new FramePool(), new HostClock(TimeProvider.System), new StreamOptions());

    /// <summary>Moved before it is closed, so that the platform does not find it to remove: as after a killed process.</summary>
    private void LeaveStaleSocket()
    {
        string bound = _path + ".bound";
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(bound));
        socket.Listen();
        File.Move(bound, _path);
    }
}
