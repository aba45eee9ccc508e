// Adding up what several registries have counted.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace playground::app {

// Adds the counters and histograms of `other` to those of the same name and labels, or beside them
// where there are none. Gauges are left as they are: a gauge tells how things are, and it is one
// registry that is told.
void add_counts(std::vector<prometheus::MetricFamily>& sum,
                const std::vector<prometheus::MetricFamily>& other);

}  // namespace playground::app
