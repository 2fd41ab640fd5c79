namespace Piccolo.Client.Objects;

/// <summary>What became of an object that was to be published.</summary>
public enum PublishStatus
{
    /// <summary>It can be asked for.</summary>
    Published,

    /// <summary>There is an object of this name and version already.</summary>
    AlreadyPublished,

    /// <summary>It does not fit, or only in place of objects that are pinned.</summary>
    NoRoom,

    /// <summary>The name leaves no room for payload.</summary>
    NameTooLong,
}
