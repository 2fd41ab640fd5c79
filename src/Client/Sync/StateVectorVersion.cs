namespace Piccolo.Client.Sync;

/// <summary>Which wire form a state vector has.</summary>
public enum StateVectorVersion
{
    /// <summary>A sequence number for each name.</summary>
    V2 = 2,

    /// <summary>A sequence number for each name and bootstrap time.</summary>
    V3 = 3,
}
