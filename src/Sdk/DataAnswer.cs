using Piccolo.Ndn.Packets;

namespace Piccolo.Sdk;

/// <summary>The Data that answered an Interest; its signature has not been checked.</summary>
/// <param name="Data">The packet.</param>
/// <param name="RoundTrip">From the first sending to the answer.</param>
/// <param name="CongestionMark">Greater than zero when it passed a congested queue.</param>
public sealed record DataAnswer(Data Data, TimeSpan RoundTrip, ulong CongestionMark);
