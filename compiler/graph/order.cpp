#include "compiler/graph/order.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>

namespace palindrome::graph {
namespace {

using Needs = std::vector<std::vector<std::size_t>>;
using Followers = std::vector<std::optional<std::size_t>>;

// Kahn's algorithm (CACM 5(11), 1962) with a queue by number, which is what
// makes ties stable.
std::vector<std::size_t> SortWithoutCycles(const Needs& needs,
                                           const Followers& followers) {
  std::vector<std::vector<std::size_t>> users(needs.size());
  std::vector<std::size_t> missing(needs.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>>
      ready;
  for (std::size_t node = 0; node < needs.size(); ++node) {
    missing[node] = needs[node].size();
    for (const std::size_t need : needs[node]) {
      users[need].push_back(node);
    }
    if (needs[node].empty()) {
      ready.push(node);
    }
  }
  std::vector<std::size_t> sequence;
  std::optional<std::size_t> follower;
  while (follower || !ready.empty()) {
    const std::size_t node = follower ? *follower : ready.top();
    if (!follower) {
      ready.pop();
    }
    follower.reset();
    sequence.push_back(node);
    for (const std::size_t user : users[node]) {
      if (--missing[user] != 0) {
        continue;
      }
      if (node < followers.size() && followers[node] == user) {
        follower = user;
      } else {
        ready.push(user);
      }
    }
  }
  return sequence;
}

enum class Visit : std::uint8_t { kNever, kOnPath, kDone };

// The first need that was not sorted: what was not sorted has one.
std::size_t UnsortedNeed(const Needs& needs, std::size_t node,
                         const std::vector<bool>& is_sorted) {
  return *std::find_if(
      needs[node].begin(), needs[node].end(),
      [&is_sorted](std::size_t need) { return !is_sorted[need]; });
}

// Follows one need of each node until it meets its own path, which has then
// closed a cycle, or one that was followed before.
void FollowPath(const Needs& needs, std::size_t node,
                const std::vector<bool>& is_sorted, std::vector<Visit>& visits,
                Order& order) {
  std::vector<std::size_t> path;
  while (visits[node] == Visit::kNever) {
    visits[node] = Visit::kOnPath;
    path.push_back(node);
    node = UnsortedNeed(needs, node, is_sorted);
  }
  if (visits[node] == Visit::kOnPath) {
    std::vector<std::size_t> cycle(std::find(path.begin(), path.end(), node),
                                   path.end());
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()),
                cycle.end());
    order.cycles.push_back(std::move(cycle));
  }
  for (const std::size_t each : path) {
    visits[each] = Visit::kDone;
  }
}

}  // namespace

Order OrderOf(const Needs& needs, const Followers& followers) {
  Order order;
  order.sequence = SortWithoutCycles(needs, followers);
  std::vector<bool> is_sorted(needs.size());
  for (const std::size_t node : order.sequence) {
    is_sorted[node] = true;
  }
  std::vector<Visit> visits(needs.size());
  for (std::size_t node = 0; node < needs.size(); ++node) {
    if (!is_sorted[node]) {
      FollowPath(needs, node, is_sorted, visits, order);
      order.sequence.push_back(node);
    }
  }
  return order;
}

}  // namespace palindrome::graph
