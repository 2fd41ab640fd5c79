// Runs a scenario of bench/run in ndnSIM and prints what it cost as one line of JSON.
//
//   piccolo-peer --scenario FILE
//
// The scenario is complete: nodes, links, applications and every route, so that nothing is left to this program's choice. One item a line:
//
//   name TEXT                                 what the result is called
//   seconds N                                 simulated time
//   cache N                                   packets in each content store, 0 for none
//   nodes N                                   numbered from 0
//   link A B BITS_PER_SECOND DELAY_NS QUEUE_PACKETS
//   producer NODE PREFIX PAYLOAD_OCTETS
//   consumer NODE PREFIX RATE                 Interests a second, names one after the other
//   zipf-consumer NODE PREFIX RATE CONTENTS   gaps uniform about the mean, contents by Zipf-Mandelbrot with the class's q and s
//   route NODE NEXT_NODE COST PREFIX          into the node's FIB, past management
//
// README.md says how to build it.

#include "ns3/core-module.h"
#include "ns3/ndnSIM-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace ns3;
namespace ndnsim = ns3::ndn; // plain ndn could be ndn-cxx as well

struct LinkLine
{
  uint32_t a, b;
  uint64_t rate;
  int64_t delayNs;
  uint32_t queue;
};

struct AppLine
{
  uint32_t node;
  std::string prefix;
  double rate;           // consumers
  uint32_t contents = 0; // 0: one after the other
  uint32_t payload = 0;  // producers
};

struct RouteLine
{
  uint32_t node, next;
  uint64_t cost;
  std::string prefix;
};

struct Scenario
{
  std::string name;
  uint32_t seconds = 0;
  uint32_t cache = 0;
  uint32_t nodes = 0;
  std::vector<LinkLine> links;
  std::vector<AppLine> producers, consumers;
  std::vector<RouteLine> routes;
};

struct Counts
{
  uint64_t linkPackets = 0, interests = 0, data = 0, dropped = 0;
};

Scenario
ReadScenario(const std::string& path)
{
  std::ifstream file(path);
  if (!file) {
    throw std::runtime_error(path + ": cannot be read");
  }

  Scenario scenario;
  std::string text;
  for (int number = 1; std::getline(file, text); number++) {
    std::istringstream line(text);
    std::string key;
    line >> key;
    if (key.empty()) {
      continue;
    }

    bool isNode = true;
    auto has = [&scenario] (uint32_t node) { return node < scenario.nodes; };
    if (key == "name") {
      line >> scenario.name;
    }
    else if (key == "seconds") {
      line >> scenario.seconds;
    }
    else if (key == "cache") {
      line >> scenario.cache;
    }
    else if (key == "nodes") {
      line >> scenario.nodes;
    }
    else if (key == "link") {
      LinkLine link{};
      line >> link.a >> link.b >> link.rate >> link.delayNs >> link.queue;
      isNode = has(link.a) && has(link.b) && link.a != link.b;
      scenario.links.push_back(link);
    }
    else if (key == "producer") {
      AppLine app{};
      line >> app.node >> app.prefix >> app.payload;
      isNode = has(app.node);
      scenario.producers.push_back(app);
    }
    else if (key == "consumer" || key == "zipf-consumer") {
      AppLine app{};
      line >> app.node >> app.prefix >> app.rate;
      if (key == "zipf-consumer") {
        line >> app.contents;
      }
      isNode = has(app.node);
      scenario.consumers.push_back(app);
    }
    else if (key == "route") {
      RouteLine route{};
      line >> route.node >> route.next >> route.cost >> route.prefix;
      isNode = has(route.node) && has(route.next);
      scenario.routes.push_back(route);
    }
    else {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": nothing is called '" + key + "'");
    }

    if (!line || !isNode) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": a value is missing, no number or no node");
    }
  }

  if (scenario.nodes == 0 || scenario.seconds == 0) {
    throw std::runtime_error(path + ": 'nodes' and 'seconds' are needed");
  }

  return scenario;
}

/** A value of /proc/self/status, in MiB. */
double
ResidentMiB(const std::string& key)
{
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == key) {
      double kib = 0;
      status >> kib;
      return kib / 1024;
    }
  }
  return 0;
}

double
CpuSeconds()
{
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

class Stopwatch
{
public:
  double
  Seconds() const
  {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  }

private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/** The scenario's network: nodes and devices, stack, applications, routes. */
class Network
{
public:
  explicit
  Network(const Scenario& scenario)
    : m_scenario(scenario)
  {
  }

  void
  AddNodes()
  {
    m_nodes.Create(m_scenario.nodes);
    for (const LinkLine& link : m_scenario.links) {
      PointToPointHelper helper;
      helper.SetDeviceAttribute("DataRate", DataRateValue(DataRate(link.rate)));
      helper.SetChannelAttribute("Delay", TimeValue(NanoSeconds(link.delayNs)));
      helper.SetQueue("ns3::DropTailQueue", "MaxSize", QueueSizeValue(QueueSize(QueueSizeUnit::PACKETS, link.queue)));
      NetDeviceContainer devices = helper.Install(m_nodes.Get(link.a), m_nodes.Get(link.b));
      m_devices.emplace(std::make_pair(link.a, link.b), devices.Get(0));
      m_devices.emplace(std::make_pair(link.b, link.a), devices.Get(1));
    }
  }

  void
  AddStack()
  {
    ndnsim::StackHelper stack;
    stack.setCsSize(m_scenario.cache);
    stack.InstallAll();
  }

  void
  AddApplications()
  {
    for (const AppLine& line : m_scenario.producers) {
      ndnsim::AppHelper helper("ns3::ndn::Producer");
      helper.SetPrefix(line.prefix);
      helper.SetAttribute("PayloadSize", UintegerValue(line.payload));
      helper.Install(m_nodes.Get(line.node));
    }

    // Producers register at t = 0, through management; consumers start when that is over and the measured run begins.
    for (const AppLine& line : m_scenario.consumers) {
      bool isZipf = line.contents > 0;
      ndnsim::AppHelper helper(isZipf ? "ns3::ndn::ConsumerZipfMandelbrot" : "ns3::ndn::ConsumerCbr");
      helper.SetPrefix(line.prefix);
      helper.SetAttribute("Frequency", DoubleValue(line.rate));
      if (isZipf) {
        helper.SetAttribute("NumberOfContents", UintegerValue(line.contents));
        helper.SetAttribute("Randomize", StringValue("uniform"));
      }
      helper.Install(m_nodes.Get(line.node)).Start(NanoSeconds(2));
    }
  }

  void
  AddRoutes()
  {
    for (const RouteLine& line : m_scenario.routes) {
      auto device = m_devices.find({line.node, line.next});
      if (device == m_devices.end()) {
        throw std::runtime_error("a route leads from node " + std::to_string(line.node) + " to " + std::to_string(line.next)
                                 + ", which no link joins");
      }

      Ptr<ndnsim::L3Protocol> stack = m_nodes.Get(line.node)->GetObject<ndnsim::L3Protocol>();
      nfd::Fib& fib = stack->getForwarder()->getFib();
      nfd::fib::Entry* entry = fib.insert(line.prefix).first;
      fib.addOrUpdateNextHop(*entry, *stack->getFaceByNetDevice(device->second), line.cost);
    }
  }

  /** From the counters that faces and queues keep anyway, so that counting costs the run nothing. */
  Counts
  Count() const
  {
    Counts counts;
    for (uint32_t i = 0; i < m_nodes.GetN(); i++) {
      for (const nfd::Face& face : m_nodes.Get(i)->GetObject<ndnsim::L3Protocol>()->getFaceTable()) {
        const nfd::face::FaceCounters& counters = face.getCounters();
        const std::string scheme = face.getLocalUri().getScheme();
        if (scheme == "netdev") {
          counts.linkPackets += counters.nOutInterests + counters.nOutData + counters.nOutNacks;
        }
        else if (scheme == "appFace") {
          counts.interests += counters.nInInterests;
          counts.data += counters.nOutData;
        }
      }
    }

    for (const auto& device : m_devices) {
      counts.dropped += DynamicCast<PointToPointNetDevice>(device.second)->GetQueue()->GetTotalDroppedPackets();
    }
    return counts;
  }

private:
  const Scenario& m_scenario;
  NodeContainer m_nodes;
  std::map<std::pair<uint32_t, uint32_t>, Ptr<NetDevice>> m_devices; // by node and neighbour
};

int
Run(const std::string& path)
{
  RngSeedManager::SetSeed(1);
  RngSeedManager::SetRun(1);
  Scenario scenario = ReadScenario(path);
  Network network(scenario);

  double before = ResidentMiB("VmRSS:");
  Stopwatch building;
  network.AddNodes();
  network.AddStack();
  network.AddApplications();
  double buildSeconds = building.Seconds();
  double buildMiB = ResidentMiB("VmRSS:") - before;

  Stopwatch routing;
  network.AddRoutes();
  double routeSeconds = routing.Seconds();

  // What starts at t = 0 (management, producers) belongs to the building.
  Simulator::Stop(NanoSeconds(1));
  Simulator::Run();

  uint64_t events = Simulator::GetEventCount();
  double cpu = CpuSeconds();
  Simulator::Stop(Seconds(scenario.seconds) - Simulator::Now());
  Stopwatch running;
  Simulator::Run();
  double wallSeconds = running.Seconds();
  cpu = CpuSeconds() - cpu;
  events = Simulator::GetEventCount() - events;

  Counts counts = network.Count();
  std::cout << "{\"scenario\":\"" << scenario.name << "\",\"wallSeconds\":" << wallSeconds << ",\"cpuSeconds\":" << cpu
            << ",\"linkPackets\":" << counts.linkPackets << ",\"interests\":" << counts.interests << ",\"data\":" << counts.data
            << ",\"dropped\":" << counts.dropped << ",\"events\":" << events << ",\"rssMiB\":" << ResidentMiB("VmRSS:")
            << ",\"nodes\":" << scenario.nodes << ",\"buildSeconds\":" << buildSeconds << ",\"buildMiB\":" << buildMiB
            << ",\"routes\":" << scenario.routes.size() << ",\"routeSeconds\":" << routeSeconds << "}" << std::endl;

  // Taking the network apart is nobody's figure and takes longer than many a run.
  std::_Exit(0);
}

} // namespace

int
main(int argc, char* argv[])
{
  try {
    if (argc != 3 || std::string(argv[1]) != "--scenario") {
      std::cerr << "usage: piccolo-peer --scenario FILE" << std::endl;
      return 2;
    }
    return Run(argv[2]);
  }
  catch (const std::exception& error) {
    std::cerr << "piccolo-peer: " << error.what() << std::endl;
    return 1;
  }
}
