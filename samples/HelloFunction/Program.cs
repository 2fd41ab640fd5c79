using Piccolo.Drivers;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk;
using Piccolo.Sdk.Functions;
using Piccolo.Storage;

NodeIdentity identity = NodeIdentity.LoadOrCreate(args[1]);
await using PiccoloClient client = PiccoloClient.Start(await LinkFactory.ConnectAsync(args[0]));
await new FunctionHost(client, identity.Signer).ServeAsync(FunctionDefinition.FromDelegate(
    Name.Parse("/fn/greet"), FunctionKind.Pure, (string who) => $"Hello, {who}!"));
await client.Closed;
