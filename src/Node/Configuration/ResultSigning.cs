namespace Piccolo.Node.Configuration;

/// <summary>What the node signs its results with.</summary>
public enum ResultSigning
{
    /// <summary>The node's ECDSA P-256 key: anybody who has its certificate can verify.</summary>
    Ecdsa = 0,

    /// <summary>The node's HMAC secret: cheaper, and only those who may read the state folder can verify.</summary>
    Hmac = 1,
}
