namespace Piccolo.Forwarder.Tests.Budgets;

/// <summary>Each hot operation allocates no more than <c>bench/budgets.json</c> grants it.</summary>
public sealed class AllocationBudgetTests
{
    private static readonly AllocationBudgets Budgets = AllocationBudgets.Load();

    public static TheoryData<string> Operations => [.. HotOperations.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_keeps_to_its_budget(string name)
    {
        string? violation = Budgets.FindViolation(name, HotOperations.All[name]);

        Assert.True(violation is null, violation);
    }

    [Fact]
    public void Budgets_are_for_operations_that_exist()
    {
        Assert.Equal(Budgets.Names.Order(StringComparer.Ordinal), HotOperations.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Canary_one_object_too_many_is_found()
    {
        var budgets = new AllocationBudgets(new Dictionary<string, long> { ["canary"] = 0 });
        object? kept = null;

        string? violation = budgets.FindViolation("canary", () => _ => kept = new object());

        Assert.NotNull(kept);
        Assert.Equal("'canary' allocates 24 bytes; its budget is 0", violation);
    }

    [Fact]
    public void Canary_one_object_in_a_thousand_runs_is_found()
    {
        var budgets = new AllocationBudgets(new Dictionary<string, long> { ["canary"] = 0 });
        object? kept = null;

        string? violation = budgets.FindViolation("canary", () => run => kept = run == 3500 ? new object() : kept);

        Assert.NotNull(kept);
        Assert.NotNull(violation);
    }

    [Fact]
    public void Canary_an_operation_without_a_budget_is_found()
    {
        Assert.Equal("'unheard of' has no budget in bench/budgets.json", Budgets.FindViolation("unheard of", () => _ => { }));
    }
}
