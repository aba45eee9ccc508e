#include "app/metrics_sum.h"

#include <algorithm>

#include "base/check.h"

namespace playground::app {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Buckets are cumulative: the sums are, too.
void add(ClientMetric::Histogram& sum, const ClientMetric::Histogram& other) {
  PLAYGROUND_CHECK(sum.bucket.size() == other.bucket.size());
  sum.sample_count += other.sample_count;
  sum.sample_sum += other.sample_sum;
  for (std::size_t i = 0; i < sum.bucket.size(); ++i) {
    sum.bucket[i].cumulative_count += other.bucket[i].cumulative_count;
  }
}

void add(MetricFamily& sum, const MetricFamily& other) {
  for (const ClientMetric& metric : other.metric) {
    auto same = std::find_if(sum.metric.begin(), sum.metric.end(), [&](const ClientMetric& known) {
      return known.label == metric.label;
    });
    if (same == sum.metric.end()) {
      sum.metric.push_back(metric);
    } else if (sum.type == MetricType::Counter) {
      same->counter.value += metric.counter.value;
    } else {
      add(same->histogram, metric.histogram);
    }
  }
}

}  // namespace

void add_counts(std::vector<MetricFamily>& sum, const std::vector<MetricFamily>& other) {
  for (const MetricFamily& family : other) {
    if (family.type != MetricType::Counter && family.type != MetricType::Histogram) continue;
    auto same = std::find_if(sum.begin(), sum.end(),
                             [&](const MetricFamily& known) { return known.name == family.name; });
    if (same == sum.end()) {
      sum.push_back(family);
    } else {
      add(*same, family);
    }
  }
}

}  // namespace playground::app
