using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>The swarm sees: a rule of a protocol is broken in the built assembly on purpose, and the swarm must fail.</summary>
public sealed class SwarmMutationTests
{
    private const int RunLimitMs = 120_000;

    [Fact]
    public void Swarm_of_the_program_as_it_is_passes() => Assert.Equal(0, RunSwarm(static _ => { }, runs: 150).ExitCode);

    [Fact]
    public void Swarm_sees_pending_Interests_that_never_expire() =>
        MustFail("Piccolo.Forwarder.dll", module => Skip(module, "TimerWheel", "Arm"), "pending long after", runs: 20);

    [Fact]
    public void Swarm_sees_a_forwarder_that_checks_no_Nonce() =>
        MustFail("Piccolo.Forwarder.dll", CheckNoNonce, "pending long after", runs: 150);

    [Fact]
    public void Swarm_sees_a_server_that_forgets_which_requests_it_ran() =>
        MustFail("Piccolo.Rice.dll", ForgetRequests, "the opaque function ran", runs: 100);

    private static void MustFail(string assembly, Action<ModuleDefinition> mutate, string expected, int runs)
    {
        (int exitCode, string output) = RunSwarm(folder =>
        {
            string path = Path.Combine(folder, assembly);
            byte[] original = File.ReadAllBytes(path);
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(original));
            mutate(module);
            module.Write(path);
        }, runs);
        Assert.True(exitCode == 1, $"exit code {exitCode}\n{output}");
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Contains("--only", output, StringComparison.Ordinal);
    }

    /// <summary>Lets a method answer a constant.</summary>
    private static void Answer(ModuleDefinition module, string type, string method, OpCode constant)
    {
        MethodDefinition target = MethodOf(module, type, method);
        target.Body = new MethodBody(target);
        ILProcessor code = target.Body.GetILProcessor();
        code.Emit(constant);
        code.Emit(OpCodes.Ret);
    }

    /// <summary>Lets a method that answers nothing do nothing.</summary>
    private static void Skip(ModuleDefinition module, string type, string method)
    {
        MethodDefinition target = MethodOf(module, type, method);
        Assert.Equal("Void", target.ReturnType.Name);
        target.Body = new MethodBody(target);
        target.Body.GetILProcessor().Emit(OpCodes.Ret);
    }

    private static void CheckNoNonce(ModuleDefinition module)
    {
        Answer(module, "ForwarderCore", "IsDuplicateNonce", OpCodes.Ldc_I4_0);
        Answer(module, "DeadNonceList", "Contains", OpCodes.Ldc_I4_0);
    }

    /// <summary>Lets the server take every copy of a call for a new one.</summary>
    private static void ForgetRequests(ModuleDefinition module)
    {
        int changed = 0;
        foreach (MethodDefinition method in TypeOf(module, "RiceServerCore").Methods.Where(static one => one.HasBody))
        {
            ILProcessor code = method.Body.GetILProcessor();
            foreach (Instruction call in method.Body.Instructions.ToArray())
            {
                if (call.Operand is not MethodReference { DeclaringType: GenericInstanceType dictionary } called
                    || dictionary.ElementType.Name != "Dictionary`2" || dictionary.GenericArguments[1].Name != "Job"
                    || dictionary.GenericArguments[0].Name != "Name" || method.Name is not ("HandleCall" or "Accept" or "Begin"))
                {
                    continue;
                }

                if (called.Name == "TryGetValue")
                {
                    code.InsertBefore(call, code.Create(OpCodes.Pop));
                    code.InsertBefore(call, code.Create(OpCodes.Pop));
                    code.InsertBefore(call, code.Create(OpCodes.Pop));
                    code.Replace(call, code.Create(OpCodes.Ldc_I4_0));
                    changed++;
                }
                else if (called.Name == "Add")
                {
                    call.Operand = new MethodReference("set_Item", called.ReturnType, dictionary)
                    {
                        HasThis = true,
                        Parameters = { new(called.Parameters[0].ParameterType), new(called.Parameters[1].ParameterType) },
                    };
                    changed++;
                }
            }
        }

        Assert.Equal(2, changed);
    }

    private static TypeDefinition TypeOf(ModuleDefinition module, string type) => module.Types.Single(one => one.Name == type);

    private static MethodDefinition MethodOf(ModuleDefinition module, string type, string method) =>
        TypeOf(module, type).Methods.Single(one => one.Name == method);

    private static (int ExitCode, string Output) RunSwarm(Action<string> mutate, int runs)
    {
        string folder = Directory.CreateTempSubdirectory("pcl-swarm-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            mutate(folder);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "pcl-sim.dll"), "swarm", "--runs", $"{runs}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> text = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(RunLimitMs))
            {
                process.Kill(entireProcessTree: true);
                return (-1, $"it did not end within {RunLimitMs} ms");
            }

            return (process.ExitCode, text.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
