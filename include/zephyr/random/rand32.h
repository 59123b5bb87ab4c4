// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief The name this header had until Zephyr 3.4.
 */
#ifndef ZEPHYR_INCLUDE_RANDOM_RAND32_H_
#define ZEPHYR_INCLUDE_RANDOM_RAND32_H_

#include <zephyr/random/random.h>

#endif /* ZEPHYR_INCLUDE_RANDOM_RAND32_H_ */
