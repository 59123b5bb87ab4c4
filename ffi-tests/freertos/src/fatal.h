// SPDX-License-Identifier: Apache-2.0
/* A fatal error handler that lets the tests go on. */
#ifndef FATAL_H
#define FATAL_H

#include <setjmp.h>
#include <stdint.h>

#include <zephyr/fatal.h>

/* The next fatal error jumps there, within the same interrupt. */
extern jmp_buf fatal_back;
void expect_fatal_here(bool expected);
/* The next fault of a thread sends it to `rescue`, with a stack that ends below `stack_end`. */
void expect_fatal(void (*rescue)(void), uintptr_t stack_end);
/* The reason of the last one. */
unsigned int last_fatal(void);

#endif /* FATAL_H */
