using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

public sealed partial class RiceServerCore
{
    /// <summary>Takes the result of a run.</summary>
    /// <param name="jobId">The number of the run request.</param>
    /// <param name="cbor">The result; the core keeps it.</param>
    /// <param name="now">The time.</param>
    public void HandleCompleted(ulong jobId, ReadOnlyMemory<byte> cbor, Instant now)
    {
        if (!TryRunning(jobId, out Job? job))
        {
            return;
        }

        job.Function.Durations.Observe(now - job.StartedAt);
        if (cbor.Length > _options.ResultOctetsMax)
        {
            Finish(job, TooLarge(cbor.Length), now);
            return;
        }

        if (cbor.Length <= CallLimits.InlineResultOctetsMax)
        {
            job.Result = cbor;
        }
        else
        {
            Publish(job, cbor);
        }

        job.RetainedOctets = cbor.Length;
        Finish(job, null, now);
    }

    /// <summary>Takes the failure of a run.</summary>
    public void HandleFailed(ulong jobId, CallError error, Instant now)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (TryRunning(jobId, out Job? job))
        {
            job.Function.Durations.Observe(now - job.StartedAt);
            Finish(job, error, now);
        }
    }

    /// <summary>Takes word of how far a run is; it goes into the answers to questions about its thunk.</summary>
    /// <param name="jobId">The number of the run request.</param>
    /// <param name="permille">Thousandths of the work that are done.</param>
    public void HandleProgress(ulong jobId, ulong permille)
    {
        if (_jobsById.TryGetValue(jobId, out Job? job) && job.Phase == JobPhase.Running)
        {
            job.ProgressPermille = Math.Min(permille, 1000);
            job.HasProgress = true;
        }
    }

    private bool TryRunning(ulong jobId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Job? job)
    {
        if (_jobsById.TryGetValue(jobId, out job) && job.Phase == JobPhase.Running)
        {
            return true;
        }

        Counters.LateOutcomes++;
        job = null;
        return false;
    }

    /// <summary>Does whatever is due for a job, and sets the time to look at it again.</summary>
    private void Service(Job job, Instant now)
    {
        if (job.Phase == JobPhase.Pulling)
        {
            PullArguments(job, now);
        }

        StartReadyJobs(now);
        if (job.Phase is not (JobPhase.Finished or JobPhase.Forgotten) && job.Deadline <= now)
        {
            Stop(job, now);
        }

        if (job.Phase == JobPhase.Finished && job.ForgetAt <= now)
        {
            Forget(job);
            return;
        }

        AnswerWaiters(job, now);
        Schedule(job);
    }

    private void PullArguments(Job job, Instant now)
    {
        while (job.NextArgument < job.Arguments.Count)
        {
            CallArgument argument = job.Arguments[job.NextArgument];
            if (argument.Reference is not ObjectReference reference)
            {
                job.Octets[job.NextArgument++] = argument.Inline;
                continue;
            }

            if (job.ReflexiveName is null)
            {
                Unavailable(job, argument, "the caller does not say where the argument can be pulled", now);
                return;
            }

            if (job.Pull is null)
            {
                Name source = RiceNames.Argument(job.ReflexiveName, reference.Sha256.Span);
                if (!_pulls.TryAdd(source, job))
                {
                    Unavailable(job, argument, "the same argument is being pulled for another call", now);
                    return;
                }

                job.Pull = new ObjectPull(source, reference, _random, new RttEstimate(TimeSpan.FromMilliseconds(250)));
            }

            job.Pull.Drain(_transmits, now);
            if (job.Pull.Failure is string failure)
            {
                Unavailable(job, argument, failure, now);
                return;
            }

            if (!job.Pull.IsComplete)
            {
                return;
            }

            ReadOnlyMemory<byte> octets = job.Pull.Octets;
            EndPull(job);
            job.Octets[job.NextArgument++] = octets;
        }

        job.Phase = JobPhase.Ready;
        job.Deadline = now + _options.JobTimeMax;
        _ready.Enqueue(job);
    }

    private void Unavailable(Job job, CallArgument argument, string why, Instant now)
    {
        Counters.ArgumentFailures++;
        EndPull(job);
        Finish(job, new CallError(CallErrorCode.ArgumentUnavailable, why, argument.Name), now);
    }

    private void EndPull(Job job)
    {
        if (job.Pull is not null)
        {
            _pulls.Remove(job.Pull.Name);
            job.Pull.Dispose();
            job.Pull = null;
        }
    }

    private void StartReadyJobs(Instant now)
    {
        while (_running < _options.RunningCountMax && _ready.TryDequeue(out Job? job))
        {
            if (job.Phase != JobPhase.Ready)
            {
                continue;
            }

            job.Phase = JobPhase.Running;
            job.StartedAt = now;
            _running++;
            Counters.Runs++;
            ReceivedArgument[] arguments = new ReceivedArgument[job.Arguments.Count];
            for (int i = 0; i < arguments.Length; i++)
            {
                arguments[i] = new ReceivedArgument(job.Arguments[i].Name, job.Octets[i]);
            }

            job.Octets = [];
            _events.Enqueue(new RiceServerEvent
            {
                Kind = RiceServerEventKind.RunRequested,
                Id = job.Id,
                Function = job.Function.Descriptor,
                Arguments = arguments,
                Deadline = job.Deadline,
            });
            Schedule(job);
        }
    }

    private void Stop(Job job, Instant now)
    {
        if (job.Phase == JobPhase.Pulling)
        {
            Unavailable(job, job.Arguments[job.NextArgument], "it could not be pulled in time", now);
            return;
        }

        Counters.Cancelled++;
        if (job.Phase == JobPhase.Running)
        {
            _events.Enqueue(new RiceServerEvent { Kind = RiceServerEventKind.CancelRequested, Id = job.Id });
        }

        Finish(job, new CallError(CallErrorCode.Cancelled, $"stopped after {(long)_options.JobTimeMax.TotalMilliseconds} ms"), now);
    }

    /// <summary>Ends a job: its outcome is set and kept for as long as its kind asks for.</summary>
    private void Finish(Job job, CallError? error, Instant now)
    {
        EndPull(job);
        _running -= job.Phase == JobPhase.Running ? 1 : 0;
        _active--;
        _argumentOctets -= job.ArgumentOctets;
        job.Phase = JobPhase.Finished;
        job.Error = error;
        job.Octets = [];
        job.Arguments = [];
        job.FinishedAt = now;
        TimeSpan thunk = job.HasThunk ? _options.ThunkRetention : TimeSpan.Zero;
        Instant keep = now + thunk;
        if (job.Kind == FunctionKind.Opaque)
        {
            keep = Instant.Max(keep, job.JournalUntil);
        }
        else if (error is null)
        {
            keep = Instant.Max(keep, now + TimeSpan.FromMilliseconds(Math.Min(job.Function.Descriptor.ResultFreshnessMs, int.MaxValue)));
        }
        else if (error.Code is CallErrorCode.FunctionFailed or CallErrorCode.BadArguments)
        {
            keep = Instant.Max(keep, now + _options.FailureRetention);
        }
        else
        {
            // A passing trouble: the same call may try again at once, the thunk still tells what became of this one.
            _jobsByKey.Remove(job.Key);
        }

        job.ForgetAt = keep;
        _retainedOctets += job.RetainedOctets;
        if (job.Kind == FunctionKind.Pure || job.RetainedOctets > 0)
        {
            List(job);
        }

        StartReadyJobs(now);
        AnswerWaiters(job, now);
        Schedule(job);
        EnforceRetention(job);
    }

    private void Publish(Job job, ReadOnlyMemory<byte> cbor)
    {
        var reference = ObjectReference.Of(cbor.Span);
        FunctionDescriptor descriptor = job.Function.Descriptor;
        Name name = RiceNames.Result(descriptor.Name, descriptor.CodeVersion, job.CallId.Span, reference.Sha256.Span);
        ulong freshness = job.Kind == FunctionKind.Pure ? descriptor.ResultFreshnessMs : 60_000;
        job.Published = new PublishedResult(new ResultReference(name, reference), cbor, freshness);
        _results[name] = job.Published;
    }

    private CallError TooLarge(long octets) =>
        new(CallErrorCode.TooLarge, $"the result has {octets} octets; the limit is {_options.ResultOctetsMax}");

    /// <summary>Gives up what was not used for longest until the limits hold; journal entries stay, only their results go.</summary>
    private void EnforceRetention(Job newest)
    {
        int budget = _retained.Count;
        LinkedListNode<Job>? node = _retained.First;
        while (node is not null && budget-- > 0
            && (_retainedOctets > _options.RetainedOctetsMax || _retainedPure > _options.RetainedCountMax))
        {
            LinkedListNode<Job>? next = node.Next;
            Job job = node.Value;
            if (job == newest)
            {
                break;
            }

            if (job.Kind == FunctionKind.Pure)
            {
                Counters.Evicted++;
                Forget(job);
            }
            else
            {
                Counters.Evicted++;
                DropResult(job);
                Unlist(job);
                job.Error ??= new CallError(CallErrorCode.Expired, "the call ran, but its result is no longer kept");
            }

            node = next;
        }
    }

    private void DropResult(Job job)
    {
        if (job.Published is not null)
        {
            _results.Remove(job.Published.Reference.Name);
        }

        _retainedOctets -= job.RetainedOctets;
        job.RetainedOctets = 0;
        job.Published = null;
        job.Result = null;
        job.Answer = null;
    }

    private void Touch(Job job)
    {
        if (job.Retained is not null)
        {
            _retained.Remove(job.Retained);
            _retained.AddLast(job.Retained);
        }
    }

    private void Forget(Job job)
    {
        DropResult(job);
        if (_jobsByKey.TryGetValue(job.Key, out Job? holder) && holder == job)
        {
            _jobsByKey.Remove(job.Key);
        }

        _jobsByThunk.Remove(job.ThunkId);
        _jobsById.Remove(job.Id);
        _journaled -= job.Kind == FunctionKind.Opaque ? 1 : 0;
        Unlist(job);
        job.Phase = JobPhase.Forgotten;
        job.Waiters.Clear();
    }

    /// <summary>Makes a job's outcome one of those that are given up when the limits ask for it.</summary>
    private void List(Job job)
    {
        if (job.Retained is null)
        {
            job.Retained = _retained.AddLast(job);
            _retainedPure += job.Kind == FunctionKind.Pure ? 1 : 0;
        }
    }

    private void Unlist(Job job)
    {
        if (job.Retained is not null)
        {
            _retained.Remove(job.Retained);
            job.Retained = null;
            _retainedPure -= job.Kind == FunctionKind.Pure ? 1 : 0;
        }
    }

    private void Schedule(Job job)
    {
        Instant due = job.Phase == JobPhase.Finished ? job.ForgetAt : job.Deadline;
        for (int i = 0; i < job.Waiters.Count; i++)
        {
            due = Instant.Min(due, job.Waiters[i].AnswerBy);
        }

        if (job.Pull is not null)
        {
            due = Instant.Min(due, job.Pull.NextTimeout);
        }

        if (job.Phase != JobPhase.Forgotten && due < job.ScheduledAt)
        {
            job.ScheduledAt = due;
            _timers.Enqueue(job, (due.Nanoseconds, ++_timerOrder));
            if (_timers.Count > 1024 + (2 * _jobsById.Count))
            {
                CompactTimers();
            }
        }
    }

    /// <summary>Takes out what was superseded, so that the queue is never longer than twice the jobs.</summary>
    private void CompactTimers()
    {
        List<(Job Job, (long Due, ulong Order) Priority)> live = new(_jobsById.Count);
        foreach ((Job job, (long Due, ulong Order) priority) in _timers.UnorderedItems)
        {
            if (job.Phase != JobPhase.Forgotten && job.ScheduledAt.Nanoseconds == priority.Due)
            {
                live.Add((job, priority));
            }
        }

        _timers.Clear();
        _timers.EnqueueRange(live);
    }

    private long RemainingMs(Job job, Instant now)
    {
        long floor = (long)_options.CallHoldMax.TotalMilliseconds;
        if (job.Phase == JobPhase.Finished)
        {
            return 0;
        }

        TimeSpan elapsed = job.Phase == JobPhase.Running ? now - job.StartedAt : TimeSpan.Zero;
        long own = job.Function.Durations.RemainingMs(elapsed, floor);
        if (job.Phase == JobPhase.Running)
        {
            return own;
        }

        long rounds = _running < _options.RunningCountMax ? 0 : 1 + (_ready.Count / _options.RunningCountMax);
        return Math.Max(own, floor) + (rounds * Math.Max(job.Function.Durations.MeanMs, floor));
    }
}
