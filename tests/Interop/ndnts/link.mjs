// link.mjs --face URI [--lifetime MS] [--token HEX] [--hop-limit N] NAME...
// Sends all Interests at once, below NDNts' forwarder; prints what the link brings back in the order of arrival: Data or Nack,
// with its PIT token. Ends when every Interest has been answered, or when its lifetime is over.
import { LpService } from "@ndn/lp";
import { Interest, Nack } from "@ndn/packet";
import { pushable } from "@ndn/util";
import { openTransport, print, readOptions } from "./lib.mjs";

const { values, positionals } = readOptions({
  lifetime: { type: "string", default: "2000" },
  token: { type: "string", multiple: true, default: [] },
  "hop-limit": { type: "string", default: "255" },
});
const transport = await openTransport(values.face);
const lp = new LpService({ keepAlive: false }, transport);
const outgoing = pushable();
transport.tx(lp.tx(outgoing));
positionals.forEach((name, i) => {
  const token = values.token[i];
  outgoing.push({
    l3: new Interest(name, Interest.Lifetime(Number(values.lifetime)), Interest.HopLimit(Number(values["hop-limit"]))),
    token: token ? Uint8Array.from(Buffer.from(token, "hex")) : undefined,
  });
});
setTimeout(() => {
  print({ kind: "timeout" });
  process.exit();
}, Number(values.lifetime) + 500);
let left = positionals.length;
for await (const packet of lp.rx(transport.rx)) {
  if (packet instanceof LpService.RxError) {
    print({ kind: "error", message: packet.message });
    continue;
  }
  const { l3, token } = packet;
  if (l3 instanceof Nack) {
    print({ kind: "nack", name: l3.interest.name, reason: l3.reason, token });
  } else {
    print({ kind: "data", name: l3.name, content: new TextDecoder().decode(l3.content), token });
  }
  if (--left === 0) {
    process.exit();
  }
}
