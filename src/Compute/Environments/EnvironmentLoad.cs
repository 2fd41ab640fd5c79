namespace Piccolo.Compute.Environments;

/// <summary>How busy an environment is.</summary>
/// <param name="Running">Calls that run.</param>
/// <param name="Waiting">Calls that wait inside the environment.</param>
/// <param name="CapacityMax">Calls that can run at once.</param>
/// <param name="FuelPerSecond">Its calibrated speed; 0 when it was not measured.</param>
public readonly record struct EnvironmentLoad(int Running, int Waiting, int CapacityMax, ulong FuelPerSecond);
