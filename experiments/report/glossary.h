// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_GLOSSARY_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_GLOSSARY_H_

namespace hyperwidth {

// What the words of a report mean, at its end.
inline constexpr const char* kGlossary = R"html(<section id="glossary">
<h2>Glossary</h2>
<dl class="glossary">
<dt>sample, condition</dt><dd>A model sees a sample, x, under a condition, I, and says y. Many samples share a condition.</dd>
<dt>primary network</dt><dd>The network that sees x. A hypernetwork generates its weights from I; an embedding method
hands it numbers about I beside x.</dd>
<dt>primary parameters</dt><dd>The weights and biases of the primary network, generated ones included: what has to be
kept to evaluate many x under one I.</dd>
<dt>total parameters</dt><dd>All that training has to find, in the primary network and in whatever reads I; generated
weights are not counted.</dd>
<dt>kappa</dt><dd>The number of scalars through which a condition reaches its samples: the narrowest place on the way
from I to y.</dd>
<dt>exponent</dt><dd>The power with which a count grows: with exponent 2, halving the error takes four times the
parameters.</dd>
<dt>dimension of x, of I; smoothness</dt><dd>m1 and m2, with m = m1 + m2; d where there is
no condition; r, the number of bounded derivatives of the targets.</dd>
<dt>95 % interval</dt><dd>[low, high]: made so that in 95 of 100 repetitions of the whole experiment it contains the true
value. Exact counts have none.</dd>
<dt>consistent</dt><dd>The interval leaves no other conclusion than the claim.</dd>
<dt>inconsistent</dt><dd>The interval contradicts the claim.</dd>
<dt>inconclusive</dt><dd>The data do not decide: too few repetitions, or too wide an interval.</dd>
</dl>
</section>
)html";

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_GLOSSARY_H_
