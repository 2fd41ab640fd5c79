// The RICE messages that a caller needs, as docs/wire/rice.md lays them out.
import { Name } from "@ndn/packet";
import { Decoder, Encoder, NNI } from "@ndn/tlv";

const T = {
  Name: 0x07,
  CallParameters: 0xC901, IssuedAt: 0xC903, CallLifetime: 0xC905, Run: 0xC907, RequestId: 0xC908,
  Argument: 0xC909, ParameterName: 0xC90B, InlineValue: 0xC90D,
  ObjectSize: 0xC923, ObjectSha256: 0xC925, ObjectSegmentCount: 0xC927,
  CallReply: 0xC931, ProducedAt: 0xC933, Result: 0xC937, ResultReference: 0xC939, Thunk: 0xC93B,
  CallError: 0xC941, ErrorCode: 0xC943, ErrorMessage: 0xC945,
  ThunkStatus: 0xC951, JobState: 0xC953, RemainingMs: 0xC955, ExpiryMs: 0xC957, FinalReply: 0xC959,
  FunctionDescriptor: 0xC961, FunctionKind: 0xC963, CodeVersion: 0xC965, Parameter: 0xC967,
  ValueKind: 0xC969, DefaultValue: 0xC96B,
};

const valueKinds = ["any", "bool", "int", "float", "text", "bytes", "array", "map"];
const jobStates = ["unknown", "queued", "running", "done", "failed"];
const errorCodes = [
  "", "UnknownFunction", "UnknownVersion", "BadArguments", "FunctionFailed", "Busy", "TooLarge",
  "ArgumentUnavailable", "OutcomeUnknown", "Expired", "NotAuthorised", "Internal", "Cancelled",
];

/** The elements of a message by TLV-TYPE: an unknown even type is skipped, an unknown odd one refuses the message. */
function elements(decoder, ...known) {
  const found = new Map();
  while (!decoder.eof) {
    const tlv = decoder.read();
    if (known.includes(tlv.type)) {
      found.set(tlv.type, [...found.get(tlv.type) ?? [], tlv]);
    } else if (tlv.type % 2 === 1) {
      throw new Error(`the message has an element of type ${tlv.type.toString(16)} that this client does not know`);
    }
  }
  return {
    has: (type) => found.has(type),
    all: (type) => found.get(type) ?? [],
    one(type) {
      if (found.get(type)?.length !== 1) {
        throw new Error(`the message should have one element of type ${type.toString(16)}`);
      }
      return found.get(type)[0];
    },
  };
}

function open(content, type) {
  const tlv = new Decoder(content).read();
  if (tlv.type !== type) {
    throw new Error(`the message is of type ${tlv.type.toString(16)}, not ${type.toString(16)}`);
  }
  return tlv.vd;
}

const nameOf = (tlv) => tlv.decoder.decode(Name);

/** Reads the Content of a function's metadata. */
export function readDescriptor(content) {
  const outer = elements(new Decoder(content), T.Name, T.FunctionDescriptor);
  const d = elements(outer.one(T.FunctionDescriptor).vd, T.Run, T.FunctionKind, T.CodeVersion, T.Parameter);
  return {
    versionedName: nameOf(outer.one(T.Name)),
    run: d.one(T.Run).value,
    isOpaque: d.one(T.FunctionKind).nni === 2,
    codeVersion: d.one(T.CodeVersion).nni,
    parameters: d.all(T.Parameter).map(({ vd }) => {
      const p = elements(vd, T.ParameterName, T.ValueKind, T.DefaultValue);
      return { name: p.one(T.ParameterName).text, kind: valueKinds[p.one(T.ValueKind).nni] ?? "any" };
    }),
  };
}

/** Encodes what a call carries; an opaque call also says when it was made, for how long it holds, and for which run. */
export function encodeCall(args, opaque) {
  return Encoder.encode([
    T.CallParameters,
    opaque && [T.IssuedAt, NNI(opaque.issuedAt)],
    opaque && [T.CallLifetime, NNI(opaque.lifetimeMs)],
    opaque && [T.Run, opaque.run],
    opaque && [T.RequestId, opaque.requestId],
    ...args.map(({ name, cbor }) => [
      T.Argument, [T.ParameterName, new TextEncoder().encode(name)], [T.InlineValue, cbor],
    ]),
  ]);
}

/** Reads the answer to a call: one of result, reference, thunk, error. */
export function readReply(content) {
  const r = elements(
    open(content, T.CallReply), T.Run, T.ProducedAt, T.Result, T.ResultReference, T.Thunk, T.CallError);
  if (r.has(T.Result)) {
    return { result: r.one(T.Result).value };
  }
  if (r.has(T.ResultReference)) {
    const o = elements(r.one(T.ResultReference).vd, T.Name, T.ObjectSize, T.ObjectSha256, T.ObjectSegmentCount);
    return {
      reference: {
        name: nameOf(o.one(T.Name)),
        size: o.one(T.ObjectSize).nni,
        sha256: o.one(T.ObjectSha256).value,
        segmentCount: o.one(T.ObjectSegmentCount).nni,
      },
    };
  }
  if (r.has(T.Thunk)) {
    const t = elements(r.one(T.Thunk).vd, T.Name, T.RemainingMs, T.ExpiryMs);
    return { thunk: { name: nameOf(t.one(T.Name)), remainingMs: t.one(T.RemainingMs).nni } };
  }
  const e = elements(r.one(T.CallError).vd, T.ParameterName, T.ErrorCode, T.ErrorMessage);
  const code = e.one(T.ErrorCode).nni;
  return {
    error: {
      code: errorCodes[code] ?? `error ${code}`,
      message: e.one(T.ErrorMessage).text,
      argument: e.has(T.ParameterName) ? e.one(T.ParameterName).text : "",
    },
  };
}

/** Reads the answer to a question about a thunk. */
export function readThunkStatus(content) {
  const s = elements(
    open(content, T.ThunkStatus), T.Run, T.ProducedAt, T.JobState, T.RemainingMs, T.ExpiryMs, T.FinalReply);
  return {
    state: jobStates[s.one(T.JobState).nni] ?? "unknown",
    remainingMs: s.one(T.RemainingMs).nni,
    reply: s.has(T.FinalReply) ? readReply(s.one(T.FinalReply).value) : undefined,
  };
}
