#!/usr/bin/env node
// Calls a Piccolo function from NDNts and prints its result as JSON. README.md has the usage.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { consume } from "@ndn/endpoint";
import { Forwarder } from "@ndn/fw";
import { Certificate, createVerifier } from "@ndn/keychain";
import { Version } from "@ndn/naming-convention2";
import { TcpTransport, UdpTransport, UnixTransport } from "@ndn/node-transport";
import { Component, Data, Interest, Nack, NackReason, Name } from "@ndn/packet";
import { fetch } from "@ndn/segmented-object";
import { Decoder } from "@ndn/tlv";
import * as cbor from "cborg";
import { encodeCall, readDescriptor, readReply, readThunkStatus } from "./wire.mjs";

const RequestIdType = 59;
const InlineArgumentOctetsMax = 2048;
const InlineTotalOctetsMax = 6000;
const ContentTypeNack = 3;
const keyword = (text) => new Component(32, text);

/** A failure that is told in a sentence, without a stack. */
class CallFailure extends Error {}

async function connect(uri) {
  const { protocol, hostname, port, pathname } = new URL(uri);
  switch (protocol) {
    case "unix:": return UnixTransport.createFace({}, pathname);
    case "tcp4:": return TcpTransport.createFace({}, hostname, Number(port || 6363));
    case "udp4:": return UdpTransport.createFace({}, { host: hostname, port: Number(port || 6363) });
    default: throw new CallFailure(`--node takes unix:///PATH, tcp4://HOST:PORT or udp4://HOST:PORT, not '${uri}'`);
  }
}

/** Reads a certificate file as ndnsec writes them, base64 of the Data; what is not signed by its key is not believed. */
async function readTrust(path) {
  const packet = new Uint8Array(Buffer.from(await readFile(path, "ascii"), "base64"));
  return createVerifier(Certificate.fromData(Decoder.decode(packet, Data)));
}

/** The command line's arguments as values, in the order in which they were given. */
async function readArguments(tokens) {
  const readers = {
    text: (s) => s,
    int: (s) => Number.parseInt(s, 10),
    json: (s) => JSON.parse(s),
    file: (s) => readFile(s).then((octets) => new Uint8Array(octets)),
  };
  const values = [];
  for (const token of tokens) {
    if (token.kind === "option" && readers[token.name]) {
      values.push(await readers[token.name](token.value));
    }
  }
  return values;
}

/** Gives the values the names of the parameters; a text for a parameter of bytes is its UTF-8. */
function bind(parameters, values) {
  let total = 0;
  return values.map((value, i) => {
    const { name, kind } = parameters[i] ?? { name: `#${i + 1}`, kind: "any" };
    const typed = kind === "bytes" && typeof value === "string" ? new TextEncoder().encode(value) : value;
    const encoded = cbor.encode(typed, cbor.rfc8949EncodeOptions);
    total += encoded.length;
    if (encoded.length > InlineArgumentOctetsMax || total > InlineTotalOctetsMax) {
      throw new CallFailure(`argument '${name}' is too long for this client: it sends arguments inline only`);
    }
    return { name, cbor: encoded };
  });
}

class Caller {
  constructor(verifier, deadline, say) {
    Object.assign(this, { verifier, deadline, say });
    // NDNts' consumer does not hear of Nacks; its forwarder does.
    Forwarder.getDefault().addEventListener("pktrx", ({ packet: { l3 } }) => {
      if (l3 instanceof Nack && l3.reason === NackReason.NoRoute) {
        this.onNoRoute?.(l3.interest.name);
      }
    });
  }

  async call(functionName, values) {
    const name = new Name(functionName);
    const descriptor = await this.describe(name);
    const args = bind(descriptor.parameters, values);
    let reply = await this.send(name, descriptor, args);
    while (reply.thunk) {
      reply = await this.wait(reply.thunk);
    }
    if (reply.error) {
      const { code, message, argument } = reply.error;
      throw new CallFailure(`${functionName}: ${code}: ${argument ? `argument '${argument}': ` : ""}${message}`);
    }
    return cbor.decode(reply.reference ? await this.fetchResult(reply.reference) : this.inline(reply.result));
  }

  async describe(name) {
    const data = await this.express(new Interest(name.append(keyword("metadata")), Interest.CanBePrefix, Interest.MustBeFresh));
    if (data.contentType === ContentTypeNack) {
      const { code, message } = readReply(data.content).error;
      throw new CallFailure(`${name}: ${code}: ${message}`);
    }
    const descriptor = readDescriptor(data.content);
    this.say(`descriptor: ${descriptor.isOpaque ? "opaque" : "pure"}, signed by ${data.sigInfo.keyLocator.name}`);
    return descriptor;
  }

  /** A pure call has the same name wherever it is made; an opaque one has an id of its own, and only one run accepts it. */
  async send(name, descriptor, args) {
    let callName = name.append(Version, descriptor.codeVersion).append(keyword("call"));
    let opaque;
    if (descriptor.isOpaque) {
      const requestId = randomBytes(16);
      callName = callName.append(new Component(RequestIdType, requestId));
      opaque = { requestId, issuedAt: Date.now(), lifetimeMs: Math.max(1, this.deadline - Date.now()), run: descriptor.run };
    }
    const interest = new Interest(callName, Interest.MustBeFresh, encodeCall(args, opaque));
    await interest.updateParamsDigest();
    return readReply((await this.express(interest)).content);
  }

  /** Comes back when the job should have ended; the node then holds the question for as long as an answer is near. */
  async wait({ name, remainingMs }) {
    this.say(`thunk: ${name}, ${remainingMs} ms to go`);
    await delay(Math.max(0, Math.min(remainingMs, this.deadline - Date.now())));
    const data = await this.express(new Interest(name, Interest.CanBePrefix, Interest.MustBeFresh));
    const { state, remainingMs: left, reply } = readThunkStatus(data.content);
    if (state === "unknown") {
      throw new CallFailure(`the node no longer knows ${name}`);
    }
    return reply ?? { thunk: { name, remainingMs: Math.max(left, 50) } };
  }

  inline(result) {
    this.say(`result: inline, ${result.length} octets`);
    return result;
  }

  async fetchResult({ name, size, sha256, segmentCount }) {
    const result = await fetch(name, { verifier: this.verifier, modifyInterest: { mustBeFresh: true } });
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", result));
    if (result.length !== size || !timingSafeEqual(digest, sha256)) {
      throw new CallFailure(`the segments of ${name} are not the result that was promised`);
    }
    this.say(`result: ${segmentCount} segments, ${size} octets`);
    return result;
  }

  /** Expresses an Interest, again with another nonce while nobody answers, and verifies the Data. */
  async express(interest) {
    const abort = new AbortController();
    this.onNoRoute = (name) => name.equals(interest.name) && abort.abort(new CallFailure(`no route to ${name}`));
    for (;;) {
      const left = this.deadline - Date.now();
      if (left <= 0) {
        throw new CallFailure(`no answer to ${interest.name} in time`);
      }
      interest.lifetime = Math.min(left, 4000);
      const answer = consume(interest, { retx: { limit: 2 }, signal: abort.signal });
      const data = await answer.catch(() => undefined);
      abort.signal.throwIfAborted();
      if (data) {
        await this.verifier.verify(data);
        return data;
      }
    }
  }
}

const { values: options, positionals, tokens } = parseArgs({
  allowPositionals: true,
  tokens: true,
  options: {
    node: { type: "string", default: "unix:///run/nfd/nfd.sock" },
    trust: { type: "string" },
    timeout: { type: "string", default: "20" },
    out: { type: "string" },
    text: { type: "string", multiple: true },
    int: { type: "string", multiple: true },
    json: { type: "string", multiple: true },
    file: { type: "string", multiple: true },
  },
});

try {
  if (positionals.length !== 1 || !options.trust) {
    throw new CallFailure("usage: call.mjs --node URI --trust CERTIFICATE /FUNCTION [--text T | --int N | --json J | --file F]...");
  }
  const values = await readArguments(tokens);
  const verifier = await readTrust(options.trust);
  const face = await connect(options.node);
  const caller = new Caller(verifier, Date.now() + 1000 * Number(options.timeout), (step) => console.error(step));
  const result = await caller.call(positionals[0], values);
  if (options.out) {
    await writeFile(options.out, result instanceof Uint8Array ? result : JSON.stringify(result));
  } else {
    console.log(result instanceof Uint8Array ? Buffer.from(result).toString("base64") : JSON.stringify(result));
  }
  face.close();
} catch (error) {
  console.error(error instanceof CallFailure ? error.message : `${error}`);
  process.exitCode = 1;
}
process.exit();
