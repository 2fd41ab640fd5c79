using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Rice;

/// <summary>Hashes names with a key of the core's own, so that nobody outside can choose names that collide in its tables.</summary>
internal sealed class KeyedNameComparer(IRandomSource random) : IEqualityComparer<Name>
{
    private readonly NameHasher _hasher = new(random.NextUInt64(), random.NextUInt64());

    public bool Equals(Name? x, Name? y) => x is null ? y is null : x.Equals(y);

    public int GetHashCode(Name obj) => (int)_hasher.Hash(obj.Value);
}
