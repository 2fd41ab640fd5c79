namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>The two-sided 95 % points of Student's t distribution.</summary>
internal static class StudentT
{
    private static readonly double[] Points =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
        2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The point for so many degrees of freedom; beyond the table by the usual series in 1/n.</summary>
    public static double Of(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (degrees <= Points.Length)
        {
            return Points[degrees - 1];
        }

        const double Z = 1.959964;
        const double ZCubed = Z * Z * Z;
        return Z + ((ZCubed + Z) / (4.0 * degrees))
            + (((5 * ZCubed * Z * Z) + (16 * ZCubed) + (3 * Z)) / (96.0 * degrees * degrees));
    }
}
