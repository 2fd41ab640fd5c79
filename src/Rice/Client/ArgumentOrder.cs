using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>Gives the arguments of a call their canonical order and names, so that equal calls are equal octets.</summary>
internal static class ArgumentOrder
{
    /// <summary>
    /// Positions become names; then the order of the parameters. An argument given twice, or for which there is no parameter, follows
    /// at the end as it came.
    /// </summary>
    public static List<SuppliedArgument> Arrange(FunctionDescriptor descriptor, IReadOnlyList<SuppliedArgument> supplied)
    {
        SuppliedArgument?[] placed = new SuppliedArgument?[descriptor.Parameters.Count];
        List<SuppliedArgument> strays = [];
        int nextPosition = 0;
        for (int i = 0; i < supplied.Count; i++)
        {
            SuppliedArgument argument = supplied[i];
            int position = argument.Name.Length == 0 ? nextPosition++ : IndexOf(descriptor, argument.Name);
            if (position >= 0 && position < placed.Length && placed[position] is null)
            {
                placed[position] = argument with { Name = descriptor.Parameters[position].Name };
            }
            else
            {
                string name = position >= 0 && position < placed.Length ? descriptor.Parameters[position].Name : argument.Name;
                strays.Add(argument with { Name = name.Length == 0 ? $"#{i + 1}" : name });
            }
        }

        List<SuppliedArgument> ordered = new(supplied.Count);
        for (int i = 0; i < placed.Length; i++)
        {
            if (placed[i] is SuppliedArgument argument)
            {
                ordered.Add(argument);
            }
        }

        ordered.AddRange(strays);
        return ordered;
    }

    private static int IndexOf(FunctionDescriptor descriptor, string name)
    {
        for (int i = 0; i < descriptor.Parameters.Count; i++)
        {
            if (string.Equals(descriptor.Parameters[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
