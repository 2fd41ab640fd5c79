// What the scripts share: a face to the node, registration, and lines of JSON on stdout.
import { parseArgs } from "node:util";
import { consume } from "@ndn/endpoint";
import { Forwarder } from "@ndn/fw";
import { enableNfdPrefixReg, FaceQuery, invoke, list, RibEntry } from "@ndn/nfdmgmt";
import { TcpTransport, UdpTransport, UnixTransport } from "@ndn/node-transport";
import { Component, Interest, Name } from "@ndn/packet";

/** Reads the command line; every script takes --face URI. */
export function readOptions(options = {}) {
  return parseArgs({ allowPositionals: true, options: { face: { type: "string" }, ...options } });
}

/** Opens a transport to unix:///PATH, tcp4://HOST:PORT or udp4://HOST:PORT. */
export async function openTransport(uri) {
  const { protocol, hostname, port, pathname } = new URL(uri);
  switch (protocol) {
    case "unix:": return UnixTransport.connect(pathname);
    case "tcp4:": return TcpTransport.connect(hostname, Number(port));
    case "udp4:": return UdpTransport.connect({ host: hostname, port: Number(port), recvBufferSize: 4 << 20 });
    default: throw new Error(`cannot connect to ${uri}`);
  }
}

/** Opens a face of a logical forwarder, by default NDNts' default one, with a default route. */
export async function openFace(uri, { fw = Forwarder.getDefault(), mtu } = {}) {
  const { protocol, hostname, port, pathname } = new URL(uri);
  let transport;
  const opts = { fw, lp: mtu && { mtu }, callback: (t) => { transport = t; } };
  const face = protocol === "unix:" ? await UnixTransport.createFace(opts, pathname)
    : protocol === "tcp4:" ? await TcpTransport.createFace(opts, hostname, Number(port))
      : await UdpTransport.createFace(opts, { host: hostname, port: Number(port), recvBufferSize: 4 << 20 });
  return { face, transport };
}

/** Opens a UDP face whose packets are fragmented in both directions. */
export async function openSmallFace(uri, via, mtu) {
  const { transport } = await openFace(uri, { mtu });
  const { faceId, cOpts } = await findNodeFace(transport, via);
  await mustInvoke("faces/update", { faceId, mtu }, { cOpts });
  transport.rxSock.on("message", ({ length }) => {
    if (length > mtu) {
      throw new Error(`the node sent a datagram of ${length} octets over an MTU of ${mtu}`);
    }
  });
}

/**
 * Opens a face whose announcements become routes of the node, and returns a function that waits until a prefix is in the RIB.
 * A UDP face is not local, so its prefixes are registered for it over another face, --via.
 */
export async function openProducerFace(uri, { via, mtu }) {
  const { face, transport } = await openFace(uri, { mtu });
  if (!via) {
    enableNfdPrefixReg(face);
    return (prefix) => untilRegistered(prefix, {});
  }

  return async (prefix) => {
    const { faceId, cOpts } = await findNodeFace(transport, via);
    await mustInvoke("rib/register", { name: new Name(prefix), faceId }, { cOpts });
    await untilRegistered(prefix, cOpts);
  };
}

/** Asks the node, over another face, for its face to a UDP socket of ours. */
async function findNodeFace(transport, via) {
  const fw = Forwarder.create();
  await openFace(via, { fw });
  const cOpts = { fw };
  const uri = `udp4://127.0.0.1:${transport.laddr.port}`;
  const faceId = await eventually(`a face to ${uri}`, async () => {
    // The first packet makes it.
    await consume(new Interest("/hello", Interest.Lifetime(50))).catch(() => undefined);
    return (await list(FaceQuery({ uri }), { cOpts }))[0]?.faceId;
  });
  return { faceId, cOpts };
}

async function mustInvoke(command, parameters, opts) {
  const { statusCode, statusText } = await invoke(command, parameters, opts);
  if (statusCode !== 200) {
    throw new Error(`${command}: ${statusCode} ${statusText}`);
  }
}

async function untilRegistered(prefix, cOpts) {
  const wanted = new Name(prefix);
  await eventually(`a route for ${prefix}`, async () => (await list(RibEntry, { cOpts })).some(({ name }) => name.equals(wanted)));
}

/** Repeats an attempt until it gives something true; fails after half a minute. */
async function eventually(what, attempt) {
  const end = Date.now() + 30000;
  for (;;) {
    const found = await attempt();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not come`);
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** Prints one line of JSON; names as URIs, octets in hexadecimal. */
export function print(value) {
  console.log(JSON.stringify(plain(value)));
}

function plain(value) {
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (value instanceof Name || value instanceof Component) {
    return `${value}`;
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("hex");
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;
}

/** Serves until the test closes this program's standard input. */
export function serveUntilClosed(ready) {
  console.log(`ready ${ready}`);
  process.stdin.resume();
  process.stdin.on("end", () => process.exit());
}
