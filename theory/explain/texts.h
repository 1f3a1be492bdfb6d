// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_EXPLAIN_TEXTS_H_
#define HYPERWIDTH_THEORY_EXPLAIN_TEXTS_H_

#include <string>
#include <vector>

#include "theory/explain/explanation.h"

namespace hyperwidth::internal {

// `targets` is the paragraph that says what x, I, m, W(r, m) and epsilon are.
Explanation TheoremOneText(const std::string& targets);  // GW20.Thm1

ExplanationSection WhyLinearPieces();  // for what is the better one of sign patterns and linear pieces

Explanation NormsText();                                 // norms
Explanation MeanSquareText(const std::string& targets);  // mean_square
Explanation OutputsText();                               // outputs

Explanation ContinuousEncoderText(const std::string& targets);  // certified.continuous_encoder
Explanation BottleneckText(const std::string& targets);         // certified.bottleneck
Explanation LinearDecoderText(const std::string& targets);      // certified.linear_decoder

std::vector<Explanation> WidthTexts();        // DHM89, certified.continuous_selection
std::vector<Explanation> UpperRateTexts();    // Mhaskar96, Yarotsky17, Yarotsky18, phases
std::vector<Explanation> GalantiWolfTexts();  // GW20.Thm1 .. GW20.Thm5
std::vector<Explanation> CertifiedTexts();    // certified.*, schemes, floor
std::vector<Explanation> ConstructedTexts();  // constructed.*, gap

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_EXPLAIN_TEXTS_H_
