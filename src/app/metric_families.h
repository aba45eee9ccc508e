// Families of metrics in prometheus-cpp's registry, by name and help: what every part of the server
// that shows metrics makes its own with.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstdint>

namespace playground::app {

// A family whose metrics differ by their labels.
prometheus::Family<prometheus::Counter>& counters(prometheus::Registry& registry, const char* name,
                                                  const char* help);
prometheus::Family<prometheus::Gauge>& gauges(prometheus::Registry& registry, const char* name,
                                              const char* help);

prometheus::Family<prometheus::Histogram>& histograms(prometheus::Registry& registry,
                                                      const char* name, const char* help);

// The one metric of a family without labels.
prometheus::Counter& counter(prometheus::Registry& registry, const char* name, const char* help);
prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help);

// Copies a count that is kept elsewhere. A counter never goes down: a lower total changes nothing.
void raise_to(prometheus::Counter& counter, double total);
void raise_to(prometheus::Counter& counter, std::uint64_t total);

}  // namespace playground::app
