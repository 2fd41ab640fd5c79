namespace Piccolo.Sim.Topologies;

/// <summary>The lines of a text that say something, with their numbers: no empty ones, none that begin with #.</summary>
internal static class TopologyLines
{
    internal static IEnumerable<(int Number, string[] Fields)> Of(string text)
    {
        int number = 0;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            number++;
            string[] fields = text[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0 && fields[0][0] != '#')
            {
                yield return (number, fields);
            }

            start = end + 1;
        }
    }
}
