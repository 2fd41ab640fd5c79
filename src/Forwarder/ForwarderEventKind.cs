namespace Piccolo.Forwarder;

/// <summary>What the host is told.</summary>
public enum ForwarderEventKind
{
    /// <summary>A face exists from now on.</summary>
    FaceCreated,

    /// <summary>A face is gone; frames for it are dropped.</summary>
    FaceDestroyed,

    /// <summary>Management wants a face: make the link, add the face, and complete the request.</summary>
    FaceCreationRequested,

    /// <summary>Management wants a face gone: close its link and remove the face.</summary>
    FaceDestroyRequested,

    /// <summary>Management changed a face's persistency or MTU: tell its link.</summary>
    FaceUpdated,
}
