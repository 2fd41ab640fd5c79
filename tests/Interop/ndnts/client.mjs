// client.mjs --face URI
// Does what each line of JSON on standard input asks for, and answers each with one line of JSON; ends with standard input.
//   {"consume": NAME, "canBePrefix"?, "mustBeFresh"?, "lifetime"?}   the Data, or the error
//   {"list": DATASET, "filter"?}                                     the items of a dataset of NFD's management protocol
//   {"invoke": COMMAND, "parameters", "signer"?}                     the answer to a command; signer: digest, ecdsa, hmac
import { createInterface } from "node:readline";
import { consume } from "@ndn/endpoint";
import { ECDSA, generateSigningKey, HMAC } from "@ndn/keychain";
import * as mgmt from "@ndn/nfdmgmt";
import { digestSigning, Interest, Name, StructFieldName, TT } from "@ndn/packet";
import { StructBuilder, StructFieldNNI, StructFieldType } from "@ndn/tlv";
import { openFace, print, readOptions } from "./lib.mjs";

// The dataset fib/list, which NDNts does not know.
const buildNextHop = new StructBuilder("NextHop")
  .add(mgmt.TT.FaceId, "faceId", StructFieldNNI, { required: true })
  .add(mgmt.TT.Cost, "cost", StructFieldNNI, { required: true });
class NextHop extends buildNextHop.baseClass() {}
buildNextHop.subclass = NextHop;
const buildFibEntry = new StructBuilder("FibEntry", 128)
  .add(TT.Name, "name", StructFieldName, { required: true })
  .add(129, "nextHops", StructFieldType.nest(NextHop), { repeat: true });
class FibEntry extends buildFibEntry.baseClass() {
  static datasetName = "fib/list";
}
buildFibEntry.subclass = FibEntry;
const datasets = { ...mgmt, FibEntry };

const signers = {
  digest: async () => digestSigning,
  ecdsa: async () => (await generateSigningKey("/interop/operator", ECDSA))[0],
  hmac: async () => (await generateSigningKey("/interop/operator", HMAC))[0],
};

async function express({ consume: name, canBePrefix = false, mustBeFresh = false, lifetime = 4000 }) {
  const data = await consume(Object.assign(new Interest(name), { canBePrefix, mustBeFresh, lifetime }));
  return {
    name: data.name,
    content: new TextDecoder().decode(data.content),
    fullName: await data.computeFullName(),
    signatureType: data.sigInfo.type,
  };
}

async function invoke({ invoke: command, parameters, signer = "digest" }) {
  for (const key of ["name", "strategy"]) {
    if (key in parameters) {
      parameters[key] = new Name(parameters[key]);
    }
  }
  const response = await mgmt.invoke(command, parameters, { signer: await signers[signer]() });
  const body = response.body.length > 0 ? mgmt.ControlParameters.decodeFromResponseBody(response) : {};
  return { code: response.statusCode, text: response.statusText, body };
}

async function answer(request) {
  if (request.consume) {
    return express(request);
  }
  return request.invoke ? invoke(request) : mgmt.list(request.filter ? mgmt.FaceQuery(request.filter) : datasets[request.list]);
}

const { values } = readOptions();
await openFace(values.face);
for await (const line of createInterface({ input: process.stdin })) {
  try {
    print(await answer(JSON.parse(line)));
  } catch (error) {
    print({ error: error.message });
  }
}
process.exit();
