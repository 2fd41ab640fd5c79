using FsCheck;
using FsCheck.Fluent;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

/// <summary>Whatever the octets, readers throw nothing but <see cref="ScenarioException"/>, with the file and a line.</summary>
public sealed class TopologyFuzzTests
{
    private static readonly string[] Words =
    [
        "router", "link", "a", "b", "1Mbps", "10ms", "-1", "1e999", "NaN", "ns3::RedQueue,MinTh=1", "ns3::", ",", "=", "1", "->",
        "<1>", "@x", "(1)",
        "{-1}", "=n", "r0", "<graphml>",
        "<graph>", "</graph>", "</graphml>", "<node id='a'/>", "<edge source='a' target='b'/>", "<data key='k'>",
        "<key id='k' for='edge' attr.name='delay'/>", "<!DOCTYPE x>", "\n", "#", "79228162514264337593543950335", "é", "9p", "MaxSize=p",
    ];

    [Fact]
    public void Random_octets_are_refused_cleanly() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets => MustReadOrRefuse(octets))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Random_words_are_read_or_refused_cleanly()
    {
        Arbitrary<string[]> words = Gen.Elements(Words).ArrayOf().ToArbitrary();
        Prop.ForAll(words, some =>
        {
            MustReadOrRefuse(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', some)));
            MustReadOrRefuse(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', some)));
            MustReadOrRefuse(System.Text.Encoding.UTF8.GetBytes("router\na\nb\nlink\n" + string.Join(' ', some)));
            MustReadOrRefuse(System.Text.Encoding.UTF8.GetBytes("<graphml>" + string.Concat(some)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("grid-3x3-loss.txt")]
    [InlineData("grid-3x3-red.txt")]
    [InlineData("abilene-like.graphml")]
    [InlineData("provider.cch")]
    [InlineData("weights.txt")]
    public void Mutated_files_are_read_or_refused_cleanly(string file)
    {
        byte[] original = File.ReadAllBytes(TopologyFiles.PathOf(file));
        Arbitrary<(int, int, int)[]> edits = (
            from at in Gen.Choose(0, original.Length - 1)
            from what in Gen.Choose(0, 4)
            from value in Gen.Choose(0, 255)
            select (at, what, value)).NonEmptyListOf().Select(list => list.Take(6).ToArray()).ToArbitrary();
        Prop.ForAll(edits, some => MustReadOrRefuse(Mutate(original, some))).Check(Config.QuickThrowOnFailure.WithMaxTest(700));
    }

    private static byte[] Mutate(byte[] original, (int At, int What, int Value)[] edits)
    {
        List<byte> octets = [.. original];
        foreach ((int at, int what, int value) in edits)
        {
            int place = Math.Min(at, octets.Count - 1);
            if (place < 0)
            {
                break;
            }

            switch (what)
            {
                case 0:
                    octets[place] = (byte)value;
                    break;
                case 1:
                    octets[place] = (byte)" \n-0<>=,/"[value % 9];
                    break;
                case 2:
                    octets.RemoveAt(place);
                    break;
                case 3:
                    octets.RemoveRange(place, Math.Min(value, octets.Count - place));
                    break;
                default:
                    octets.InsertRange(place, octets.GetRange(place, Math.Min(value, octets.Count - place)));
                    break;
            }
        }

        return [.. octets];
    }

    private static void MustReadOrRefuse(byte[] octets)
    {
        foreach (TopologyFormat format in Enum.GetValues<TopologyFormat>())
        {
            try
            {
                TopologyReader.Read("f", octets, format, limits: new TopologyLimits { Nodes = 1000, Links = 1000 });
            }
            catch (ScenarioException error)
            {
                Assert.Matches("^f:[1-9][0-9]*: .", error.Message);
            }
        }
    }
}
