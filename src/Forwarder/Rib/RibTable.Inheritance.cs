using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Rib;

/// <content>Works out which next hops a change of one node's routes changes, there and below.</content>
public sealed partial class RibTable
{
    /// <summary>What a node says about one face; compared before and after a change.</summary>
    private readonly record struct NodeState(bool HasRoutes, bool HasCapture, ulong? Own, ulong? ChildInherit)
    {
        /// <summary>Cost of the FIB next hop; null when there is none.</summary>
        public ulong? NextHop(ulong? inherited) =>
            HasRoutes ? RibNode.Lower(Own, HasCapture ? null : inherited) : null;

        /// <summary>Cost that the node's children inherit; null when there is none.</summary>
        public ulong? PassedDown(ulong? inherited) => RibNode.Lower(ChildInherit, HasCapture ? null : inherited);
    }

    private readonly record struct Descent(RibNode Node, ulong? Before, ulong? After);

    private static NodeState StateOf(RibNode node, FaceId face) => new(
        node.HasRoutes,
        node.HasCapture,
        node.LowestCost(face, RouteFlags.None),
        node.LowestCost(face, RouteFlags.ChildInherit));

    /// <summary>Updates the FIB after the routes of <paramref name="face"/> at a node have changed.</summary>
    /// <returns>False when the FIB refused a next hop.</returns>
    private bool ApplyChange(RibNode node, FaceId face, in NodeState before)
    {
        NodeState after = StateOf(node, face);
        bool isTaken = ApplyFace(node, face, before, after, InheritedCost(node, face));
        bool othersChange = before.HasRoutes != after.HasRoutes || before.HasCapture != after.HasCapture;
        if (!othersChange)
        {
            return isTaken;
        }

        foreach ((FaceId other, ulong cost) in InheritedRoutes(node))
        {
            if (other != face)
            {
                NodeState otherAfter = StateOf(node, other);
                NodeState otherBefore = otherAfter with
                {
                    HasRoutes = before.HasRoutes,
                    HasCapture = before.HasCapture,
                };
                isTaken &= ApplyFace(node, other, otherBefore, otherAfter, cost);
            }
        }

        return isTaken;
    }

    private bool ApplyFace(RibNode node, FaceId face, in NodeState before, in NodeState after, ulong? inherited)
    {
        bool isTaken = UpdateFib(node, face, before.NextHop(inherited), after.NextHop(inherited));
        ulong? passedBefore = before.PassedDown(inherited);
        ulong? passedAfter = after.PassedDown(inherited);
        if (passedBefore != passedAfter)
        {
            isTaken &= Descend(new Descent(node, passedBefore, passedAfter), face);
        }

        return isTaken;
    }

    private bool Descend(Descent start, FaceId face)
    {
        bool isTaken = true;
        var pending = new Stack<Descent>();
        pending.Push(start);
        while (pending.TryPop(out Descent above))
        {
            if (above.Node.Children is null)
            {
                continue;
            }

            foreach (RibNode child in above.Node.Children.Values)
            {
                NodeVisitCount++;
                NodeState state = StateOf(child, face);
                isTaken &= UpdateFib(child, face, state.NextHop(above.Before), state.NextHop(above.After));
                ulong? passedBefore = state.PassedDown(above.Before);
                ulong? passedAfter = state.PassedDown(above.After);
                if (passedBefore != passedAfter)
                {
                    pending.Push(new Descent(child, passedBefore, passedAfter));
                }
            }
        }

        return isTaken;
    }

    private bool UpdateFib(RibNode node, FaceId face, ulong? before, ulong? after)
    {
        if (before == after)
        {
            return true;
        }

        if (after is not ulong cost)
        {
            _fib.RemoveNextHop(node.Name!, face);
            return true;
        }

        if (_fib.SetNextHop(node.Name!, face, cost))
        {
            return true;
        }

        FibRefusedCount++;
        return false;
    }

    /// <summary>The cost that a node inherits for one face.</summary>
    private ulong? InheritedCost(RibNode node, FaceId face)
    {
        ulong? lowest = null;
        for (RibNode? above = node.Parent; above is not null; above = above.HasCapture ? null : above.Parent)
        {
            NodeVisitCount++;
            lowest = RibNode.Lower(lowest, above.LowestCost(face, RouteFlags.ChildInherit));
        }

        return lowest;
    }

    /// <summary>The faces that a node inherits, with their lowest costs, in order of face.</summary>
    private List<(FaceId Face, ulong Cost)> InheritedRoutes(RibNode node)
    {
        var inherited = new List<(FaceId Face, ulong Cost)>();
        for (RibNode? above = node.Parent; above is not null; above = above.HasCapture ? null : above.Parent)
        {
            NodeVisitCount++;
            foreach (RibRoute route in above.Routes)
            {
                if ((route.Flags & RouteFlags.ChildInherit) != 0)
                {
                    inherited.Add((route.Face, route.Cost));
                }
            }
        }

        inherited.Sort(static (left, right) => left.Face.Value != right.Face.Value
            ? left.Face.Value.CompareTo(right.Face.Value)
            : left.Cost.CompareTo(right.Cost));
        int kept = 0;
        for (int i = 0; i < inherited.Count; i++)
        {
            if (kept == 0 || inherited[kept - 1].Face != inherited[i].Face)
            {
                inherited[kept++] = inherited[i];
            }
        }

        inherited.RemoveRange(kept, inherited.Count - kept);
        return inherited;
    }
}
