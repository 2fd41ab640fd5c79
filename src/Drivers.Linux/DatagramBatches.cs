using System.Net.Sockets;

namespace Piccolo.Drivers.Linux;

/// <summary>Many datagrams with one system call, where the system can.</summary>
public static class DatagramBatches
{
    /// <summary>How many datagrams one call moves at most.</summary>
    public const int SizeMax = 64;

    private const int Again = 11;
    private const int Interrupted = 4;
    private const int BadDescriptor = 9;
    private const int MessageTooLong = 90;
    private const int NoBufferSpace = 105;
    private const int ConnectionRefused = 111;

    /// <summary>Whether <see cref="DatagramReceiver"/> and <see cref="DatagramSender"/> work here: on 64-bit Linux.</summary>
    public static bool AreSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>What an errno means to the callers of sockets.</summary>
    /// <returns>One of those that a driver tells apart, or SocketError for any other.</returns>
    internal static SocketError ToSocketError(int errorNumber) => errorNumber switch
    {
        Again => SocketError.WouldBlock,
        Interrupted => SocketError.Interrupted,
        BadDescriptor => SocketError.OperationAborted,
        MessageTooLong => SocketError.MessageSize,
        NoBufferSpace => SocketError.NoBufferSpaceAvailable,
        ConnectionRefused => SocketError.ConnectionRefused,
        _ => SocketError.SocketError,
    };
}
