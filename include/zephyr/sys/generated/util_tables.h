// SPDX-License-Identifier: Apache-2.0
/* Written by `cargo xtask headers`; changes made by hand are lost. */
#ifndef ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_
#define ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_

/* Arithmetic on tokens. */
#define Z_INC_0 1
#define Z_INC_1 2
#define Z_INC_2 3
#define Z_INC_3 4
#define Z_INC_4 5
#define Z_INC_5 6
#define Z_INC_6 7
#define Z_INC_7 8
#define Z_INC_8 9
#define Z_INC_9 10
#define Z_INC_10 11
#define Z_INC_11 12
#define Z_INC_12 13
#define Z_INC_13 14
#define Z_INC_14 15
#define Z_INC_15 16
#define Z_INC_16 17
#define Z_INC_17 18
#define Z_INC_18 19
#define Z_INC_19 20
#define Z_INC_20 21
#define Z_INC_21 22
#define Z_INC_22 23
#define Z_INC_23 24
#define Z_INC_24 25
#define Z_INC_25 26
#define Z_INC_26 27
#define Z_INC_27 28
#define Z_INC_28 29
#define Z_INC_29 30
#define Z_INC_30 31
#define Z_INC_31 32
#define Z_INC_32 33
#define Z_INC_33 34
#define Z_INC_34 35
#define Z_INC_35 36
#define Z_INC_36 37
#define Z_INC_37 38
#define Z_INC_38 39
#define Z_INC_39 40
#define Z_INC_40 41
#define Z_INC_41 42
#define Z_INC_42 43
#define Z_INC_43 44
#define Z_INC_44 45
#define Z_INC_45 46
#define Z_INC_46 47
#define Z_INC_47 48
#define Z_INC_48 49
#define Z_INC_49 50
#define Z_INC_50 51
#define Z_INC_51 52
#define Z_INC_52 53
#define Z_INC_53 54
#define Z_INC_54 55
#define Z_INC_55 56
#define Z_INC_56 57
#define Z_INC_57 58
#define Z_INC_58 59
#define Z_INC_59 60
#define Z_INC_60 61
#define Z_INC_61 62
#define Z_INC_62 63
#define Z_INC_63 64
#define Z_INC_64 65
#define Z_INC_65 66
#define Z_INC_66 67
#define Z_INC_67 68
#define Z_INC_68 69
#define Z_INC_69 70
#define Z_INC_70 71
#define Z_INC_71 72
#define Z_INC_72 73
#define Z_INC_73 74
#define Z_INC_74 75
#define Z_INC_75 76
#define Z_INC_76 77
#define Z_INC_77 78
#define Z_INC_78 79
#define Z_INC_79 80
#define Z_INC_80 81
#define Z_INC_81 82
#define Z_INC_82 83
#define Z_INC_83 84
#define Z_INC_84 85
#define Z_INC_85 86
#define Z_INC_86 87
#define Z_INC_87 88
#define Z_INC_88 89
#define Z_INC_89 90
#define Z_INC_90 91
#define Z_INC_91 92
#define Z_INC_92 93
#define Z_INC_93 94
#define Z_INC_94 95
#define Z_INC_95 96
#define Z_INC_96 97
#define Z_INC_97 98
#define Z_INC_98 99
#define Z_INC_99 100
#define Z_INC_100 101
#define Z_INC_101 102
#define Z_INC_102 103
#define Z_INC_103 104
#define Z_INC_104 105
#define Z_INC_105 106
#define Z_INC_106 107
#define Z_INC_107 108
#define Z_INC_108 109
#define Z_INC_109 110
#define Z_INC_110 111
#define Z_INC_111 112
#define Z_INC_112 113
#define Z_INC_113 114
#define Z_INC_114 115
#define Z_INC_115 116
#define Z_INC_116 117
#define Z_INC_117 118
#define Z_INC_118 119
#define Z_INC_119 120
#define Z_INC_120 121
#define Z_INC_121 122
#define Z_INC_122 123
#define Z_INC_123 124
#define Z_INC_124 125
#define Z_INC_125 126
#define Z_INC_126 127
#define Z_INC_127 128
#define Z_INC_128 129
#define Z_INC_129 130
#define Z_INC_130 131
#define Z_INC_131 132
#define Z_INC_132 133
#define Z_INC_133 134
#define Z_INC_134 135
#define Z_INC_135 136
#define Z_INC_136 137
#define Z_INC_137 138
#define Z_INC_138 139
#define Z_INC_139 140
#define Z_INC_140 141
#define Z_INC_141 142
#define Z_INC_142 143
#define Z_INC_143 144
#define Z_INC_144 145
#define Z_INC_145 146
#define Z_INC_146 147
#define Z_INC_147 148
#define Z_INC_148 149
#define Z_INC_149 150
#define Z_INC_150 151
#define Z_INC_151 152
#define Z_INC_152 153
#define Z_INC_153 154
#define Z_INC_154 155
#define Z_INC_155 156
#define Z_INC_156 157
#define Z_INC_157 158
#define Z_INC_158 159
#define Z_INC_159 160
#define Z_INC_160 161
#define Z_INC_161 162
#define Z_INC_162 163
#define Z_INC_163 164
#define Z_INC_164 165
#define Z_INC_165 166
#define Z_INC_166 167
#define Z_INC_167 168
#define Z_INC_168 169
#define Z_INC_169 170
#define Z_INC_170 171
#define Z_INC_171 172
#define Z_INC_172 173
#define Z_INC_173 174
#define Z_INC_174 175
#define Z_INC_175 176
#define Z_INC_176 177
#define Z_INC_177 178
#define Z_INC_178 179
#define Z_INC_179 180
#define Z_INC_180 181
#define Z_INC_181 182
#define Z_INC_182 183
#define Z_INC_183 184
#define Z_INC_184 185
#define Z_INC_185 186
#define Z_INC_186 187
#define Z_INC_187 188
#define Z_INC_188 189
#define Z_INC_189 190
#define Z_INC_190 191
#define Z_INC_191 192
#define Z_INC_192 193
#define Z_INC_193 194
#define Z_INC_194 195
#define Z_INC_195 196
#define Z_INC_196 197
#define Z_INC_197 198
#define Z_INC_198 199
#define Z_INC_199 200
#define Z_INC_200 201
#define Z_INC_201 202
#define Z_INC_202 203
#define Z_INC_203 204
#define Z_INC_204 205
#define Z_INC_205 206
#define Z_INC_206 207
#define Z_INC_207 208
#define Z_INC_208 209
#define Z_INC_209 210
#define Z_INC_210 211
#define Z_INC_211 212
#define Z_INC_212 213
#define Z_INC_213 214
#define Z_INC_214 215
#define Z_INC_215 216
#define Z_INC_216 217
#define Z_INC_217 218
#define Z_INC_218 219
#define Z_INC_219 220
#define Z_INC_220 221
#define Z_INC_221 222
#define Z_INC_222 223
#define Z_INC_223 224
#define Z_INC_224 225
#define Z_INC_225 226
#define Z_INC_226 227
#define Z_INC_227 228
#define Z_INC_228 229
#define Z_INC_229 230
#define Z_INC_230 231
#define Z_INC_231 232
#define Z_INC_232 233
#define Z_INC_233 234
#define Z_INC_234 235
#define Z_INC_235 236
#define Z_INC_236 237
#define Z_INC_237 238
#define Z_INC_238 239
#define Z_INC_239 240
#define Z_INC_240 241
#define Z_INC_241 242
#define Z_INC_242 243
#define Z_INC_243 244
#define Z_INC_244 245
#define Z_INC_245 246
#define Z_INC_246 247
#define Z_INC_247 248
#define Z_INC_248 249
#define Z_INC_249 250
#define Z_INC_250 251
#define Z_INC_251 252
#define Z_INC_252 253
#define Z_INC_253 254
#define Z_INC_254 255
#define Z_INC_255 256
#define Z_INC_256 257
#define Z_INC_257 258
#define Z_INC_258 259
#define Z_INC_259 260
#define Z_INC_260 261
#define Z_INC_261 262
#define Z_INC_262 263
#define Z_INC_263 264
#define Z_INC_264 265
#define Z_INC_265 266
#define Z_INC_266 267
#define Z_INC_267 268
#define Z_INC_268 269
#define Z_INC_269 270
#define Z_INC_270 271
#define Z_INC_271 272
#define Z_INC_272 273
#define Z_INC_273 274
#define Z_INC_274 275
#define Z_INC_275 276
#define Z_INC_276 277
#define Z_INC_277 278
#define Z_INC_278 279
#define Z_INC_279 280
#define Z_INC_280 281
#define Z_INC_281 282
#define Z_INC_282 283
#define Z_INC_283 284
#define Z_INC_284 285
#define Z_INC_285 286
#define Z_INC_286 287
#define Z_INC_287 288
#define Z_INC_288 289
#define Z_INC_289 290
#define Z_INC_290 291
#define Z_INC_291 292
#define Z_INC_292 293
#define Z_INC_293 294
#define Z_INC_294 295
#define Z_INC_295 296
#define Z_INC_296 297
#define Z_INC_297 298
#define Z_INC_298 299
#define Z_INC_299 300
#define Z_INC_300 301
#define Z_INC_301 302
#define Z_INC_302 303
#define Z_INC_303 304
#define Z_INC_304 305
#define Z_INC_305 306
#define Z_INC_306 307
#define Z_INC_307 308
#define Z_INC_308 309
#define Z_INC_309 310
#define Z_INC_310 311
#define Z_INC_311 312
#define Z_INC_312 313
#define Z_INC_313 314
#define Z_INC_314 315
#define Z_INC_315 316
#define Z_INC_316 317
#define Z_INC_317 318
#define Z_INC_318 319
#define Z_INC_319 320
#define Z_INC_320 321
#define Z_INC_321 322
#define Z_INC_322 323
#define Z_INC_323 324
#define Z_INC_324 325
#define Z_INC_325 326
#define Z_INC_326 327
#define Z_INC_327 328
#define Z_INC_328 329
#define Z_INC_329 330
#define Z_INC_330 331
#define Z_INC_331 332
#define Z_INC_332 333
#define Z_INC_333 334
#define Z_INC_334 335
#define Z_INC_335 336
#define Z_INC_336 337
#define Z_INC_337 338
#define Z_INC_338 339
#define Z_INC_339 340
#define Z_INC_340 341
#define Z_INC_341 342
#define Z_INC_342 343
#define Z_INC_343 344
#define Z_INC_344 345
#define Z_INC_345 346
#define Z_INC_346 347
#define Z_INC_347 348
#define Z_INC_348 349
#define Z_INC_349 350
#define Z_INC_350 351
#define Z_INC_351 352
#define Z_INC_352 353
#define Z_INC_353 354
#define Z_INC_354 355
#define Z_INC_355 356
#define Z_INC_356 357
#define Z_INC_357 358
#define Z_INC_358 359
#define Z_INC_359 360
#define Z_INC_360 361
#define Z_INC_361 362
#define Z_INC_362 363
#define Z_INC_363 364
#define Z_INC_364 365
#define Z_INC_365 366
#define Z_INC_366 367
#define Z_INC_367 368
#define Z_INC_368 369
#define Z_INC_369 370
#define Z_INC_370 371
#define Z_INC_371 372
#define Z_INC_372 373
#define Z_INC_373 374
#define Z_INC_374 375
#define Z_INC_375 376
#define Z_INC_376 377
#define Z_INC_377 378
#define Z_INC_378 379
#define Z_INC_379 380
#define Z_INC_380 381
#define Z_INC_381 382
#define Z_INC_382 383
#define Z_INC_383 384
#define Z_INC_384 385
#define Z_INC_385 386
#define Z_INC_386 387
#define Z_INC_387 388
#define Z_INC_388 389
#define Z_INC_389 390
#define Z_INC_390 391
#define Z_INC_391 392
#define Z_INC_392 393
#define Z_INC_393 394
#define Z_INC_394 395
#define Z_INC_395 396
#define Z_INC_396 397
#define Z_INC_397 398
#define Z_INC_398 399
#define Z_INC_399 400
#define Z_INC_400 401
#define Z_INC_401 402
#define Z_INC_402 403
#define Z_INC_403 404
#define Z_INC_404 405
#define Z_INC_405 406
#define Z_INC_406 407
#define Z_INC_407 408
#define Z_INC_408 409
#define Z_INC_409 410
#define Z_INC_410 411
#define Z_INC_411 412
#define Z_INC_412 413
#define Z_INC_413 414
#define Z_INC_414 415
#define Z_INC_415 416
#define Z_INC_416 417
#define Z_INC_417 418
#define Z_INC_418 419
#define Z_INC_419 420
#define Z_INC_420 421
#define Z_INC_421 422
#define Z_INC_422 423
#define Z_INC_423 424
#define Z_INC_424 425
#define Z_INC_425 426
#define Z_INC_426 427
#define Z_INC_427 428
#define Z_INC_428 429
#define Z_INC_429 430
#define Z_INC_430 431
#define Z_INC_431 432
#define Z_INC_432 433
#define Z_INC_433 434
#define Z_INC_434 435
#define Z_INC_435 436
#define Z_INC_436 437
#define Z_INC_437 438
#define Z_INC_438 439
#define Z_INC_439 440
#define Z_INC_440 441
#define Z_INC_441 442
#define Z_INC_442 443
#define Z_INC_443 444
#define Z_INC_444 445
#define Z_INC_445 446
#define Z_INC_446 447
#define Z_INC_447 448
#define Z_INC_448 449
#define Z_INC_449 450
#define Z_INC_450 451
#define Z_INC_451 452
#define Z_INC_452 453
#define Z_INC_453 454
#define Z_INC_454 455
#define Z_INC_455 456
#define Z_INC_456 457
#define Z_INC_457 458
#define Z_INC_458 459
#define Z_INC_459 460
#define Z_INC_460 461
#define Z_INC_461 462
#define Z_INC_462 463
#define Z_INC_463 464
#define Z_INC_464 465
#define Z_INC_465 466
#define Z_INC_466 467
#define Z_INC_467 468
#define Z_INC_468 469
#define Z_INC_469 470
#define Z_INC_470 471
#define Z_INC_471 472
#define Z_INC_472 473
#define Z_INC_473 474
#define Z_INC_474 475
#define Z_INC_475 476
#define Z_INC_476 477
#define Z_INC_477 478
#define Z_INC_478 479
#define Z_INC_479 480
#define Z_INC_480 481
#define Z_INC_481 482
#define Z_INC_482 483
#define Z_INC_483 484
#define Z_INC_484 485
#define Z_INC_485 486
#define Z_INC_486 487
#define Z_INC_487 488
#define Z_INC_488 489
#define Z_INC_489 490
#define Z_INC_490 491
#define Z_INC_491 492
#define Z_INC_492 493
#define Z_INC_493 494
#define Z_INC_494 495
#define Z_INC_495 496
#define Z_INC_496 497
#define Z_INC_497 498
#define Z_INC_498 499
#define Z_INC_499 500
#define Z_INC_500 501
#define Z_INC_501 502
#define Z_INC_502 503
#define Z_INC_503 504
#define Z_INC_504 505
#define Z_INC_505 506
#define Z_INC_506 507
#define Z_INC_507 508
#define Z_INC_508 509
#define Z_INC_509 510
#define Z_INC_510 511
#define Z_INC_511 512
#define Z_INC_512 513
#define Z_DEC_0 0
#define Z_DEC_1 0
#define Z_DEC_2 1
#define Z_DEC_3 2
#define Z_DEC_4 3
#define Z_DEC_5 4
#define Z_DEC_6 5
#define Z_DEC_7 6
#define Z_DEC_8 7
#define Z_DEC_9 8
#define Z_DEC_10 9
#define Z_DEC_11 10
#define Z_DEC_12 11
#define Z_DEC_13 12
#define Z_DEC_14 13
#define Z_DEC_15 14
#define Z_DEC_16 15
#define Z_DEC_17 16
#define Z_DEC_18 17
#define Z_DEC_19 18
#define Z_DEC_20 19
#define Z_DEC_21 20
#define Z_DEC_22 21
#define Z_DEC_23 22
#define Z_DEC_24 23
#define Z_DEC_25 24
#define Z_DEC_26 25
#define Z_DEC_27 26
#define Z_DEC_28 27
#define Z_DEC_29 28
#define Z_DEC_30 29
#define Z_DEC_31 30
#define Z_DEC_32 31
#define Z_DEC_33 32
#define Z_DEC_34 33
#define Z_DEC_35 34
#define Z_DEC_36 35
#define Z_DEC_37 36
#define Z_DEC_38 37
#define Z_DEC_39 38
#define Z_DEC_40 39
#define Z_DEC_41 40
#define Z_DEC_42 41
#define Z_DEC_43 42
#define Z_DEC_44 43
#define Z_DEC_45 44
#define Z_DEC_46 45
#define Z_DEC_47 46
#define Z_DEC_48 47
#define Z_DEC_49 48
#define Z_DEC_50 49
#define Z_DEC_51 50
#define Z_DEC_52 51
#define Z_DEC_53 52
#define Z_DEC_54 53
#define Z_DEC_55 54
#define Z_DEC_56 55
#define Z_DEC_57 56
#define Z_DEC_58 57
#define Z_DEC_59 58
#define Z_DEC_60 59
#define Z_DEC_61 60
#define Z_DEC_62 61
#define Z_DEC_63 62
#define Z_DEC_64 63
#define Z_DEC_65 64
#define Z_DEC_66 65
#define Z_DEC_67 66
#define Z_DEC_68 67
#define Z_DEC_69 68
#define Z_DEC_70 69
#define Z_DEC_71 70
#define Z_DEC_72 71
#define Z_DEC_73 72
#define Z_DEC_74 73
#define Z_DEC_75 74
#define Z_DEC_76 75
#define Z_DEC_77 76
#define Z_DEC_78 77
#define Z_DEC_79 78
#define Z_DEC_80 79
#define Z_DEC_81 80
#define Z_DEC_82 81
#define Z_DEC_83 82
#define Z_DEC_84 83
#define Z_DEC_85 84
#define Z_DEC_86 85
#define Z_DEC_87 86
#define Z_DEC_88 87
#define Z_DEC_89 88
#define Z_DEC_90 89
#define Z_DEC_91 90
#define Z_DEC_92 91
#define Z_DEC_93 92
#define Z_DEC_94 93
#define Z_DEC_95 94
#define Z_DEC_96 95
#define Z_DEC_97 96
#define Z_DEC_98 97
#define Z_DEC_99 98
#define Z_DEC_100 99
#define Z_DEC_101 100
#define Z_DEC_102 101
#define Z_DEC_103 102
#define Z_DEC_104 103
#define Z_DEC_105 104
#define Z_DEC_106 105
#define Z_DEC_107 106
#define Z_DEC_108 107
#define Z_DEC_109 108
#define Z_DEC_110 109
#define Z_DEC_111 110
#define Z_DEC_112 111
#define Z_DEC_113 112
#define Z_DEC_114 113
#define Z_DEC_115 114
#define Z_DEC_116 115
#define Z_DEC_117 116
#define Z_DEC_118 117
#define Z_DEC_119 118
#define Z_DEC_120 119
#define Z_DEC_121 120
#define Z_DEC_122 121
#define Z_DEC_123 122
#define Z_DEC_124 123
#define Z_DEC_125 124
#define Z_DEC_126 125
#define Z_DEC_127 126
#define Z_DEC_128 127
#define Z_DEC_129 128
#define Z_DEC_130 129
#define Z_DEC_131 130
#define Z_DEC_132 131
#define Z_DEC_133 132
#define Z_DEC_134 133
#define Z_DEC_135 134
#define Z_DEC_136 135
#define Z_DEC_137 136
#define Z_DEC_138 137
#define Z_DEC_139 138
#define Z_DEC_140 139
#define Z_DEC_141 140
#define Z_DEC_142 141
#define Z_DEC_143 142
#define Z_DEC_144 143
#define Z_DEC_145 144
#define Z_DEC_146 145
#define Z_DEC_147 146
#define Z_DEC_148 147
#define Z_DEC_149 148
#define Z_DEC_150 149
#define Z_DEC_151 150
#define Z_DEC_152 151
#define Z_DEC_153 152
#define Z_DEC_154 153
#define Z_DEC_155 154
#define Z_DEC_156 155
#define Z_DEC_157 156
#define Z_DEC_158 157
#define Z_DEC_159 158
#define Z_DEC_160 159
#define Z_DEC_161 160
#define Z_DEC_162 161
#define Z_DEC_163 162
#define Z_DEC_164 163
#define Z_DEC_165 164
#define Z_DEC_166 165
#define Z_DEC_167 166
#define Z_DEC_168 167
#define Z_DEC_169 168
#define Z_DEC_170 169
#define Z_DEC_171 170
#define Z_DEC_172 171
#define Z_DEC_173 172
#define Z_DEC_174 173
#define Z_DEC_175 174
#define Z_DEC_176 175
#define Z_DEC_177 176
#define Z_DEC_178 177
#define Z_DEC_179 178
#define Z_DEC_180 179
#define Z_DEC_181 180
#define Z_DEC_182 181
#define Z_DEC_183 182
#define Z_DEC_184 183
#define Z_DEC_185 184
#define Z_DEC_186 185
#define Z_DEC_187 186
#define Z_DEC_188 187
#define Z_DEC_189 188
#define Z_DEC_190 189
#define Z_DEC_191 190
#define Z_DEC_192 191
#define Z_DEC_193 192
#define Z_DEC_194 193
#define Z_DEC_195 194
#define Z_DEC_196 195
#define Z_DEC_197 196
#define Z_DEC_198 197
#define Z_DEC_199 198
#define Z_DEC_200 199
#define Z_DEC_201 200
#define Z_DEC_202 201
#define Z_DEC_203 202
#define Z_DEC_204 203
#define Z_DEC_205 204
#define Z_DEC_206 205
#define Z_DEC_207 206
#define Z_DEC_208 207
#define Z_DEC_209 208
#define Z_DEC_210 209
#define Z_DEC_211 210
#define Z_DEC_212 211
#define Z_DEC_213 212
#define Z_DEC_214 213
#define Z_DEC_215 214
#define Z_DEC_216 215
#define Z_DEC_217 216
#define Z_DEC_218 217
#define Z_DEC_219 218
#define Z_DEC_220 219
#define Z_DEC_221 220
#define Z_DEC_222 221
#define Z_DEC_223 222
#define Z_DEC_224 223
#define Z_DEC_225 224
#define Z_DEC_226 225
#define Z_DEC_227 226
#define Z_DEC_228 227
#define Z_DEC_229 228
#define Z_DEC_230 229
#define Z_DEC_231 230
#define Z_DEC_232 231
#define Z_DEC_233 232
#define Z_DEC_234 233
#define Z_DEC_235 234
#define Z_DEC_236 235
#define Z_DEC_237 236
#define Z_DEC_238 237
#define Z_DEC_239 238
#define Z_DEC_240 239
#define Z_DEC_241 240
#define Z_DEC_242 241
#define Z_DEC_243 242
#define Z_DEC_244 243
#define Z_DEC_245 244
#define Z_DEC_246 245
#define Z_DEC_247 246
#define Z_DEC_248 247
#define Z_DEC_249 248
#define Z_DEC_250 249
#define Z_DEC_251 250
#define Z_DEC_252 251
#define Z_DEC_253 252
#define Z_DEC_254 253
#define Z_DEC_255 254
#define Z_DEC_256 255
#define Z_DEC_257 256
#define Z_DEC_258 257
#define Z_DEC_259 258
#define Z_DEC_260 259
#define Z_DEC_261 260
#define Z_DEC_262 261
#define Z_DEC_263 262
#define Z_DEC_264 263
#define Z_DEC_265 264
#define Z_DEC_266 265
#define Z_DEC_267 266
#define Z_DEC_268 267
#define Z_DEC_269 268
#define Z_DEC_270 269
#define Z_DEC_271 270
#define Z_DEC_272 271
#define Z_DEC_273 272
#define Z_DEC_274 273
#define Z_DEC_275 274
#define Z_DEC_276 275
#define Z_DEC_277 276
#define Z_DEC_278 277
#define Z_DEC_279 278
#define Z_DEC_280 279
#define Z_DEC_281 280
#define Z_DEC_282 281
#define Z_DEC_283 282
#define Z_DEC_284 283
#define Z_DEC_285 284
#define Z_DEC_286 285
#define Z_DEC_287 286
#define Z_DEC_288 287
#define Z_DEC_289 288
#define Z_DEC_290 289
#define Z_DEC_291 290
#define Z_DEC_292 291
#define Z_DEC_293 292
#define Z_DEC_294 293
#define Z_DEC_295 294
#define Z_DEC_296 295
#define Z_DEC_297 296
#define Z_DEC_298 297
#define Z_DEC_299 298
#define Z_DEC_300 299
#define Z_DEC_301 300
#define Z_DEC_302 301
#define Z_DEC_303 302
#define Z_DEC_304 303
#define Z_DEC_305 304
#define Z_DEC_306 305
#define Z_DEC_307 306
#define Z_DEC_308 307
#define Z_DEC_309 308
#define Z_DEC_310 309
#define Z_DEC_311 310
#define Z_DEC_312 311
#define Z_DEC_313 312
#define Z_DEC_314 313
#define Z_DEC_315 314
#define Z_DEC_316 315
#define Z_DEC_317 316
#define Z_DEC_318 317
#define Z_DEC_319 318
#define Z_DEC_320 319
#define Z_DEC_321 320
#define Z_DEC_322 321
#define Z_DEC_323 322
#define Z_DEC_324 323
#define Z_DEC_325 324
#define Z_DEC_326 325
#define Z_DEC_327 326
#define Z_DEC_328 327
#define Z_DEC_329 328
#define Z_DEC_330 329
#define Z_DEC_331 330
#define Z_DEC_332 331
#define Z_DEC_333 332
#define Z_DEC_334 333
#define Z_DEC_335 334
#define Z_DEC_336 335
#define Z_DEC_337 336
#define Z_DEC_338 337
#define Z_DEC_339 338
#define Z_DEC_340 339
#define Z_DEC_341 340
#define Z_DEC_342 341
#define Z_DEC_343 342
#define Z_DEC_344 343
#define Z_DEC_345 344
#define Z_DEC_346 345
#define Z_DEC_347 346
#define Z_DEC_348 347
#define Z_DEC_349 348
#define Z_DEC_350 349
#define Z_DEC_351 350
#define Z_DEC_352 351
#define Z_DEC_353 352
#define Z_DEC_354 353
#define Z_DEC_355 354
#define Z_DEC_356 355
#define Z_DEC_357 356
#define Z_DEC_358 357
#define Z_DEC_359 358
#define Z_DEC_360 359
#define Z_DEC_361 360
#define Z_DEC_362 361
#define Z_DEC_363 362
#define Z_DEC_364 363
#define Z_DEC_365 364
#define Z_DEC_366 365
#define Z_DEC_367 366
#define Z_DEC_368 367
#define Z_DEC_369 368
#define Z_DEC_370 369
#define Z_DEC_371 370
#define Z_DEC_372 371
#define Z_DEC_373 372
#define Z_DEC_374 373
#define Z_DEC_375 374
#define Z_DEC_376 375
#define Z_DEC_377 376
#define Z_DEC_378 377
#define Z_DEC_379 378
#define Z_DEC_380 379
#define Z_DEC_381 380
#define Z_DEC_382 381
#define Z_DEC_383 382
#define Z_DEC_384 383
#define Z_DEC_385 384
#define Z_DEC_386 385
#define Z_DEC_387 386
#define Z_DEC_388 387
#define Z_DEC_389 388
#define Z_DEC_390 389
#define Z_DEC_391 390
#define Z_DEC_392 391
#define Z_DEC_393 392
#define Z_DEC_394 393
#define Z_DEC_395 394
#define Z_DEC_396 395
#define Z_DEC_397 396
#define Z_DEC_398 397
#define Z_DEC_399 398
#define Z_DEC_400 399
#define Z_DEC_401 400
#define Z_DEC_402 401
#define Z_DEC_403 402
#define Z_DEC_404 403
#define Z_DEC_405 404
#define Z_DEC_406 405
#define Z_DEC_407 406
#define Z_DEC_408 407
#define Z_DEC_409 408
#define Z_DEC_410 409
#define Z_DEC_411 410
#define Z_DEC_412 411
#define Z_DEC_413 412
#define Z_DEC_414 413
#define Z_DEC_415 414
#define Z_DEC_416 415
#define Z_DEC_417 416
#define Z_DEC_418 417
#define Z_DEC_419 418
#define Z_DEC_420 419
#define Z_DEC_421 420
#define Z_DEC_422 421
#define Z_DEC_423 422
#define Z_DEC_424 423
#define Z_DEC_425 424
#define Z_DEC_426 425
#define Z_DEC_427 426
#define Z_DEC_428 427
#define Z_DEC_429 428
#define Z_DEC_430 429
#define Z_DEC_431 430
#define Z_DEC_432 431
#define Z_DEC_433 432
#define Z_DEC_434 433
#define Z_DEC_435 434
#define Z_DEC_436 435
#define Z_DEC_437 436
#define Z_DEC_438 437
#define Z_DEC_439 438
#define Z_DEC_440 439
#define Z_DEC_441 440
#define Z_DEC_442 441
#define Z_DEC_443 442
#define Z_DEC_444 443
#define Z_DEC_445 444
#define Z_DEC_446 445
#define Z_DEC_447 446
#define Z_DEC_448 447
#define Z_DEC_449 448
#define Z_DEC_450 449
#define Z_DEC_451 450
#define Z_DEC_452 451
#define Z_DEC_453 452
#define Z_DEC_454 453
#define Z_DEC_455 454
#define Z_DEC_456 455
#define Z_DEC_457 456
#define Z_DEC_458 457
#define Z_DEC_459 458
#define Z_DEC_460 459
#define Z_DEC_461 460
#define Z_DEC_462 461
#define Z_DEC_463 462
#define Z_DEC_464 463
#define Z_DEC_465 464
#define Z_DEC_466 465
#define Z_DEC_467 466
#define Z_DEC_468 467
#define Z_DEC_469 468
#define Z_DEC_470 469
#define Z_DEC_471 470
#define Z_DEC_472 471
#define Z_DEC_473 472
#define Z_DEC_474 473
#define Z_DEC_475 474
#define Z_DEC_476 475
#define Z_DEC_477 476
#define Z_DEC_478 477
#define Z_DEC_479 478
#define Z_DEC_480 479
#define Z_DEC_481 480
#define Z_DEC_482 481
#define Z_DEC_483 482
#define Z_DEC_484 483
#define Z_DEC_485 484
#define Z_DEC_486 485
#define Z_DEC_487 486
#define Z_DEC_488 487
#define Z_DEC_489 488
#define Z_DEC_490 489
#define Z_DEC_491 490
#define Z_DEC_492 491
#define Z_DEC_493 492
#define Z_DEC_494 493
#define Z_DEC_495 494
#define Z_DEC_496 495
#define Z_DEC_497 496
#define Z_DEC_498 497
#define Z_DEC_499 498
#define Z_DEC_500 499
#define Z_DEC_501 500
#define Z_DEC_502 501
#define Z_DEC_503 502
#define Z_DEC_504 503
#define Z_DEC_505 504
#define Z_DEC_506 505
#define Z_DEC_507 506
#define Z_DEC_508 507
#define Z_DEC_509 508
#define Z_DEC_510 509
#define Z_DEC_511 510
#define Z_DEC_512 511
#define Z_X2_0 0
#define Z_X2_1 2
#define Z_X2_2 4
#define Z_X2_3 6
#define Z_X2_4 8
#define Z_X2_5 10
#define Z_X2_6 12
#define Z_X2_7 14
#define Z_X2_8 16
#define Z_X2_9 18
#define Z_X2_10 20
#define Z_X2_11 22
#define Z_X2_12 24
#define Z_X2_13 26
#define Z_X2_14 28
#define Z_X2_15 30
#define Z_X2_16 32
#define Z_X2_17 34
#define Z_X2_18 36
#define Z_X2_19 38
#define Z_X2_20 40
#define Z_X2_21 42
#define Z_X2_22 44
#define Z_X2_23 46
#define Z_X2_24 48
#define Z_X2_25 50
#define Z_X2_26 52
#define Z_X2_27 54
#define Z_X2_28 56
#define Z_X2_29 58
#define Z_X2_30 60
#define Z_X2_31 62
#define Z_X2_32 64
#define Z_X2_33 66
#define Z_X2_34 68
#define Z_X2_35 70
#define Z_X2_36 72
#define Z_X2_37 74
#define Z_X2_38 76
#define Z_X2_39 78
#define Z_X2_40 80
#define Z_X2_41 82
#define Z_X2_42 84
#define Z_X2_43 86
#define Z_X2_44 88
#define Z_X2_45 90
#define Z_X2_46 92
#define Z_X2_47 94
#define Z_X2_48 96
#define Z_X2_49 98
#define Z_X2_50 100
#define Z_X2_51 102
#define Z_X2_52 104
#define Z_X2_53 106
#define Z_X2_54 108
#define Z_X2_55 110
#define Z_X2_56 112
#define Z_X2_57 114
#define Z_X2_58 116
#define Z_X2_59 118
#define Z_X2_60 120
#define Z_X2_61 122
#define Z_X2_62 124
#define Z_X2_63 126
#define Z_X2_64 128
#define Z_X2_65 130
#define Z_X2_66 132
#define Z_X2_67 134
#define Z_X2_68 136
#define Z_X2_69 138
#define Z_X2_70 140
#define Z_X2_71 142
#define Z_X2_72 144
#define Z_X2_73 146
#define Z_X2_74 148
#define Z_X2_75 150
#define Z_X2_76 152
#define Z_X2_77 154
#define Z_X2_78 156
#define Z_X2_79 158
#define Z_X2_80 160
#define Z_X2_81 162
#define Z_X2_82 164
#define Z_X2_83 166
#define Z_X2_84 168
#define Z_X2_85 170
#define Z_X2_86 172
#define Z_X2_87 174
#define Z_X2_88 176
#define Z_X2_89 178
#define Z_X2_90 180
#define Z_X2_91 182
#define Z_X2_92 184
#define Z_X2_93 186
#define Z_X2_94 188
#define Z_X2_95 190
#define Z_X2_96 192
#define Z_X2_97 194
#define Z_X2_98 196
#define Z_X2_99 198
#define Z_X2_100 200
#define Z_X2_101 202
#define Z_X2_102 204
#define Z_X2_103 206
#define Z_X2_104 208
#define Z_X2_105 210
#define Z_X2_106 212
#define Z_X2_107 214
#define Z_X2_108 216
#define Z_X2_109 218
#define Z_X2_110 220
#define Z_X2_111 222
#define Z_X2_112 224
#define Z_X2_113 226
#define Z_X2_114 228
#define Z_X2_115 230
#define Z_X2_116 232
#define Z_X2_117 234
#define Z_X2_118 236
#define Z_X2_119 238
#define Z_X2_120 240
#define Z_X2_121 242
#define Z_X2_122 244
#define Z_X2_123 246
#define Z_X2_124 248
#define Z_X2_125 250
#define Z_X2_126 252
#define Z_X2_127 254
#define Z_X2_128 256
#define Z_X2_129 258
#define Z_X2_130 260
#define Z_X2_131 262
#define Z_X2_132 264
#define Z_X2_133 266
#define Z_X2_134 268
#define Z_X2_135 270
#define Z_X2_136 272
#define Z_X2_137 274
#define Z_X2_138 276
#define Z_X2_139 278
#define Z_X2_140 280
#define Z_X2_141 282
#define Z_X2_142 284
#define Z_X2_143 286
#define Z_X2_144 288
#define Z_X2_145 290
#define Z_X2_146 292
#define Z_X2_147 294
#define Z_X2_148 296
#define Z_X2_149 298
#define Z_X2_150 300
#define Z_X2_151 302
#define Z_X2_152 304
#define Z_X2_153 306
#define Z_X2_154 308
#define Z_X2_155 310
#define Z_X2_156 312
#define Z_X2_157 314
#define Z_X2_158 316
#define Z_X2_159 318
#define Z_X2_160 320
#define Z_X2_161 322
#define Z_X2_162 324
#define Z_X2_163 326
#define Z_X2_164 328
#define Z_X2_165 330
#define Z_X2_166 332
#define Z_X2_167 334
#define Z_X2_168 336
#define Z_X2_169 338
#define Z_X2_170 340
#define Z_X2_171 342
#define Z_X2_172 344
#define Z_X2_173 346
#define Z_X2_174 348
#define Z_X2_175 350
#define Z_X2_176 352
#define Z_X2_177 354
#define Z_X2_178 356
#define Z_X2_179 358
#define Z_X2_180 360
#define Z_X2_181 362
#define Z_X2_182 364
#define Z_X2_183 366
#define Z_X2_184 368
#define Z_X2_185 370
#define Z_X2_186 372
#define Z_X2_187 374
#define Z_X2_188 376
#define Z_X2_189 378
#define Z_X2_190 380
#define Z_X2_191 382
#define Z_X2_192 384
#define Z_X2_193 386
#define Z_X2_194 388
#define Z_X2_195 390
#define Z_X2_196 392
#define Z_X2_197 394
#define Z_X2_198 396
#define Z_X2_199 398
#define Z_X2_200 400
#define Z_X2_201 402
#define Z_X2_202 404
#define Z_X2_203 406
#define Z_X2_204 408
#define Z_X2_205 410
#define Z_X2_206 412
#define Z_X2_207 414
#define Z_X2_208 416
#define Z_X2_209 418
#define Z_X2_210 420
#define Z_X2_211 422
#define Z_X2_212 424
#define Z_X2_213 426
#define Z_X2_214 428
#define Z_X2_215 430
#define Z_X2_216 432
#define Z_X2_217 434
#define Z_X2_218 436
#define Z_X2_219 438
#define Z_X2_220 440
#define Z_X2_221 442
#define Z_X2_222 444
#define Z_X2_223 446
#define Z_X2_224 448
#define Z_X2_225 450
#define Z_X2_226 452
#define Z_X2_227 454
#define Z_X2_228 456
#define Z_X2_229 458
#define Z_X2_230 460
#define Z_X2_231 462
#define Z_X2_232 464
#define Z_X2_233 466
#define Z_X2_234 468
#define Z_X2_235 470
#define Z_X2_236 472
#define Z_X2_237 474
#define Z_X2_238 476
#define Z_X2_239 478
#define Z_X2_240 480
#define Z_X2_241 482
#define Z_X2_242 484
#define Z_X2_243 486
#define Z_X2_244 488
#define Z_X2_245 490
#define Z_X2_246 492
#define Z_X2_247 494
#define Z_X2_248 496
#define Z_X2_249 498
#define Z_X2_250 500
#define Z_X2_251 502
#define Z_X2_252 504
#define Z_X2_253 506
#define Z_X2_254 508
#define Z_X2_255 510
#define Z_X2_256 512
#define Z_X2_257 514
#define Z_X2_258 516
#define Z_X2_259 518
#define Z_X2_260 520
#define Z_X2_261 522
#define Z_X2_262 524
#define Z_X2_263 526
#define Z_X2_264 528
#define Z_X2_265 530
#define Z_X2_266 532
#define Z_X2_267 534
#define Z_X2_268 536
#define Z_X2_269 538
#define Z_X2_270 540
#define Z_X2_271 542
#define Z_X2_272 544
#define Z_X2_273 546
#define Z_X2_274 548
#define Z_X2_275 550
#define Z_X2_276 552
#define Z_X2_277 554
#define Z_X2_278 556
#define Z_X2_279 558
#define Z_X2_280 560
#define Z_X2_281 562
#define Z_X2_282 564
#define Z_X2_283 566
#define Z_X2_284 568
#define Z_X2_285 570
#define Z_X2_286 572
#define Z_X2_287 574
#define Z_X2_288 576
#define Z_X2_289 578
#define Z_X2_290 580
#define Z_X2_291 582
#define Z_X2_292 584
#define Z_X2_293 586
#define Z_X2_294 588
#define Z_X2_295 590
#define Z_X2_296 592
#define Z_X2_297 594
#define Z_X2_298 596
#define Z_X2_299 598
#define Z_X2_300 600
#define Z_X2_301 602
#define Z_X2_302 604
#define Z_X2_303 606
#define Z_X2_304 608
#define Z_X2_305 610
#define Z_X2_306 612
#define Z_X2_307 614
#define Z_X2_308 616
#define Z_X2_309 618
#define Z_X2_310 620
#define Z_X2_311 622
#define Z_X2_312 624
#define Z_X2_313 626
#define Z_X2_314 628
#define Z_X2_315 630
#define Z_X2_316 632
#define Z_X2_317 634
#define Z_X2_318 636
#define Z_X2_319 638
#define Z_X2_320 640
#define Z_X2_321 642
#define Z_X2_322 644
#define Z_X2_323 646
#define Z_X2_324 648
#define Z_X2_325 650
#define Z_X2_326 652
#define Z_X2_327 654
#define Z_X2_328 656
#define Z_X2_329 658
#define Z_X2_330 660
#define Z_X2_331 662
#define Z_X2_332 664
#define Z_X2_333 666
#define Z_X2_334 668
#define Z_X2_335 670
#define Z_X2_336 672
#define Z_X2_337 674
#define Z_X2_338 676
#define Z_X2_339 678
#define Z_X2_340 680
#define Z_X2_341 682
#define Z_X2_342 684
#define Z_X2_343 686
#define Z_X2_344 688
#define Z_X2_345 690
#define Z_X2_346 692
#define Z_X2_347 694
#define Z_X2_348 696
#define Z_X2_349 698
#define Z_X2_350 700
#define Z_X2_351 702
#define Z_X2_352 704
#define Z_X2_353 706
#define Z_X2_354 708
#define Z_X2_355 710
#define Z_X2_356 712
#define Z_X2_357 714
#define Z_X2_358 716
#define Z_X2_359 718
#define Z_X2_360 720
#define Z_X2_361 722
#define Z_X2_362 724
#define Z_X2_363 726
#define Z_X2_364 728
#define Z_X2_365 730
#define Z_X2_366 732
#define Z_X2_367 734
#define Z_X2_368 736
#define Z_X2_369 738
#define Z_X2_370 740
#define Z_X2_371 742
#define Z_X2_372 744
#define Z_X2_373 746
#define Z_X2_374 748
#define Z_X2_375 750
#define Z_X2_376 752
#define Z_X2_377 754
#define Z_X2_378 756
#define Z_X2_379 758
#define Z_X2_380 760
#define Z_X2_381 762
#define Z_X2_382 764
#define Z_X2_383 766
#define Z_X2_384 768
#define Z_X2_385 770
#define Z_X2_386 772
#define Z_X2_387 774
#define Z_X2_388 776
#define Z_X2_389 778
#define Z_X2_390 780
#define Z_X2_391 782
#define Z_X2_392 784
#define Z_X2_393 786
#define Z_X2_394 788
#define Z_X2_395 790
#define Z_X2_396 792
#define Z_X2_397 794
#define Z_X2_398 796
#define Z_X2_399 798
#define Z_X2_400 800
#define Z_X2_401 802
#define Z_X2_402 804
#define Z_X2_403 806
#define Z_X2_404 808
#define Z_X2_405 810
#define Z_X2_406 812
#define Z_X2_407 814
#define Z_X2_408 816
#define Z_X2_409 818
#define Z_X2_410 820
#define Z_X2_411 822
#define Z_X2_412 824
#define Z_X2_413 826
#define Z_X2_414 828
#define Z_X2_415 830
#define Z_X2_416 832
#define Z_X2_417 834
#define Z_X2_418 836
#define Z_X2_419 838
#define Z_X2_420 840
#define Z_X2_421 842
#define Z_X2_422 844
#define Z_X2_423 846
#define Z_X2_424 848
#define Z_X2_425 850
#define Z_X2_426 852
#define Z_X2_427 854
#define Z_X2_428 856
#define Z_X2_429 858
#define Z_X2_430 860
#define Z_X2_431 862
#define Z_X2_432 864
#define Z_X2_433 866
#define Z_X2_434 868
#define Z_X2_435 870
#define Z_X2_436 872
#define Z_X2_437 874
#define Z_X2_438 876
#define Z_X2_439 878
#define Z_X2_440 880
#define Z_X2_441 882
#define Z_X2_442 884
#define Z_X2_443 886
#define Z_X2_444 888
#define Z_X2_445 890
#define Z_X2_446 892
#define Z_X2_447 894
#define Z_X2_448 896
#define Z_X2_449 898
#define Z_X2_450 900
#define Z_X2_451 902
#define Z_X2_452 904
#define Z_X2_453 906
#define Z_X2_454 908
#define Z_X2_455 910
#define Z_X2_456 912
#define Z_X2_457 914
#define Z_X2_458 916
#define Z_X2_459 918
#define Z_X2_460 920
#define Z_X2_461 922
#define Z_X2_462 924
#define Z_X2_463 926
#define Z_X2_464 928
#define Z_X2_465 930
#define Z_X2_466 932
#define Z_X2_467 934
#define Z_X2_468 936
#define Z_X2_469 938
#define Z_X2_470 940
#define Z_X2_471 942
#define Z_X2_472 944
#define Z_X2_473 946
#define Z_X2_474 948
#define Z_X2_475 950
#define Z_X2_476 952
#define Z_X2_477 954
#define Z_X2_478 956
#define Z_X2_479 958
#define Z_X2_480 960
#define Z_X2_481 962
#define Z_X2_482 964
#define Z_X2_483 966
#define Z_X2_484 968
#define Z_X2_485 970
#define Z_X2_486 972
#define Z_X2_487 974
#define Z_X2_488 976
#define Z_X2_489 978
#define Z_X2_490 980
#define Z_X2_491 982
#define Z_X2_492 984
#define Z_X2_493 986
#define Z_X2_494 988
#define Z_X2_495 990
#define Z_X2_496 992
#define Z_X2_497 994
#define Z_X2_498 996
#define Z_X2_499 998
#define Z_X2_500 1000
#define Z_X2_501 1002
#define Z_X2_502 1004
#define Z_X2_503 1006
#define Z_X2_504 1008
#define Z_X2_505 1010
#define Z_X2_506 1012
#define Z_X2_507 1014
#define Z_X2_508 1016
#define Z_X2_509 1018
#define Z_X2_510 1020
#define Z_X2_511 1022
#define Z_X2_512 1024
#define Z_EQ_0_0 ~,
#define Z_EQ_1_1 ~,
#define Z_EQ_2_2 ~,
#define Z_EQ_3_3 ~,
#define Z_EQ_4_4 ~,
#define Z_EQ_5_5 ~,
#define Z_EQ_6_6 ~,
#define Z_EQ_7_7 ~,
#define Z_EQ_8_8 ~,
#define Z_EQ_9_9 ~,
#define Z_EQ_10_10 ~,
#define Z_EQ_11_11 ~,
#define Z_EQ_12_12 ~,
#define Z_EQ_13_13 ~,
#define Z_EQ_14_14 ~,
#define Z_EQ_15_15 ~,
#define Z_EQ_16_16 ~,
#define Z_EQ_17_17 ~,
#define Z_EQ_18_18 ~,
#define Z_EQ_19_19 ~,
#define Z_EQ_20_20 ~,
#define Z_EQ_21_21 ~,
#define Z_EQ_22_22 ~,
#define Z_EQ_23_23 ~,
#define Z_EQ_24_24 ~,
#define Z_EQ_25_25 ~,
#define Z_EQ_26_26 ~,
#define Z_EQ_27_27 ~,
#define Z_EQ_28_28 ~,
#define Z_EQ_29_29 ~,
#define Z_EQ_30_30 ~,
#define Z_EQ_31_31 ~,
#define Z_EQ_32_32 ~,
#define Z_EQ_33_33 ~,
#define Z_EQ_34_34 ~,
#define Z_EQ_35_35 ~,
#define Z_EQ_36_36 ~,
#define Z_EQ_37_37 ~,
#define Z_EQ_38_38 ~,
#define Z_EQ_39_39 ~,
#define Z_EQ_40_40 ~,
#define Z_EQ_41_41 ~,
#define Z_EQ_42_42 ~,
#define Z_EQ_43_43 ~,
#define Z_EQ_44_44 ~,
#define Z_EQ_45_45 ~,
#define Z_EQ_46_46 ~,
#define Z_EQ_47_47 ~,
#define Z_EQ_48_48 ~,
#define Z_EQ_49_49 ~,
#define Z_EQ_50_50 ~,
#define Z_EQ_51_51 ~,
#define Z_EQ_52_52 ~,
#define Z_EQ_53_53 ~,
#define Z_EQ_54_54 ~,
#define Z_EQ_55_55 ~,
#define Z_EQ_56_56 ~,
#define Z_EQ_57_57 ~,
#define Z_EQ_58_58 ~,
#define Z_EQ_59_59 ~,
#define Z_EQ_60_60 ~,
#define Z_EQ_61_61 ~,
#define Z_EQ_62_62 ~,
#define Z_EQ_63_63 ~,
#define Z_EQ_64_64 ~,
#define Z_EQ_65_65 ~,
#define Z_EQ_66_66 ~,
#define Z_EQ_67_67 ~,
#define Z_EQ_68_68 ~,
#define Z_EQ_69_69 ~,
#define Z_EQ_70_70 ~,
#define Z_EQ_71_71 ~,
#define Z_EQ_72_72 ~,
#define Z_EQ_73_73 ~,
#define Z_EQ_74_74 ~,
#define Z_EQ_75_75 ~,
#define Z_EQ_76_76 ~,
#define Z_EQ_77_77 ~,
#define Z_EQ_78_78 ~,
#define Z_EQ_79_79 ~,
#define Z_EQ_80_80 ~,
#define Z_EQ_81_81 ~,
#define Z_EQ_82_82 ~,
#define Z_EQ_83_83 ~,
#define Z_EQ_84_84 ~,
#define Z_EQ_85_85 ~,
#define Z_EQ_86_86 ~,
#define Z_EQ_87_87 ~,
#define Z_EQ_88_88 ~,
#define Z_EQ_89_89 ~,
#define Z_EQ_90_90 ~,
#define Z_EQ_91_91 ~,
#define Z_EQ_92_92 ~,
#define Z_EQ_93_93 ~,
#define Z_EQ_94_94 ~,
#define Z_EQ_95_95 ~,
#define Z_EQ_96_96 ~,
#define Z_EQ_97_97 ~,
#define Z_EQ_98_98 ~,
#define Z_EQ_99_99 ~,
#define Z_EQ_100_100 ~,
#define Z_EQ_101_101 ~,
#define Z_EQ_102_102 ~,
#define Z_EQ_103_103 ~,
#define Z_EQ_104_104 ~,
#define Z_EQ_105_105 ~,
#define Z_EQ_106_106 ~,
#define Z_EQ_107_107 ~,
#define Z_EQ_108_108 ~,
#define Z_EQ_109_109 ~,
#define Z_EQ_110_110 ~,
#define Z_EQ_111_111 ~,
#define Z_EQ_112_112 ~,
#define Z_EQ_113_113 ~,
#define Z_EQ_114_114 ~,
#define Z_EQ_115_115 ~,
#define Z_EQ_116_116 ~,
#define Z_EQ_117_117 ~,
#define Z_EQ_118_118 ~,
#define Z_EQ_119_119 ~,
#define Z_EQ_120_120 ~,
#define Z_EQ_121_121 ~,
#define Z_EQ_122_122 ~,
#define Z_EQ_123_123 ~,
#define Z_EQ_124_124 ~,
#define Z_EQ_125_125 ~,
#define Z_EQ_126_126 ~,
#define Z_EQ_127_127 ~,
#define Z_EQ_128_128 ~,
#define Z_EQ_129_129 ~,
#define Z_EQ_130_130 ~,
#define Z_EQ_131_131 ~,
#define Z_EQ_132_132 ~,
#define Z_EQ_133_133 ~,
#define Z_EQ_134_134 ~,
#define Z_EQ_135_135 ~,
#define Z_EQ_136_136 ~,
#define Z_EQ_137_137 ~,
#define Z_EQ_138_138 ~,
#define Z_EQ_139_139 ~,
#define Z_EQ_140_140 ~,
#define Z_EQ_141_141 ~,
#define Z_EQ_142_142 ~,
#define Z_EQ_143_143 ~,
#define Z_EQ_144_144 ~,
#define Z_EQ_145_145 ~,
#define Z_EQ_146_146 ~,
#define Z_EQ_147_147 ~,
#define Z_EQ_148_148 ~,
#define Z_EQ_149_149 ~,
#define Z_EQ_150_150 ~,
#define Z_EQ_151_151 ~,
#define Z_EQ_152_152 ~,
#define Z_EQ_153_153 ~,
#define Z_EQ_154_154 ~,
#define Z_EQ_155_155 ~,
#define Z_EQ_156_156 ~,
#define Z_EQ_157_157 ~,
#define Z_EQ_158_158 ~,
#define Z_EQ_159_159 ~,
#define Z_EQ_160_160 ~,
#define Z_EQ_161_161 ~,
#define Z_EQ_162_162 ~,
#define Z_EQ_163_163 ~,
#define Z_EQ_164_164 ~,
#define Z_EQ_165_165 ~,
#define Z_EQ_166_166 ~,
#define Z_EQ_167_167 ~,
#define Z_EQ_168_168 ~,
#define Z_EQ_169_169 ~,
#define Z_EQ_170_170 ~,
#define Z_EQ_171_171 ~,
#define Z_EQ_172_172 ~,
#define Z_EQ_173_173 ~,
#define Z_EQ_174_174 ~,
#define Z_EQ_175_175 ~,
#define Z_EQ_176_176 ~,
#define Z_EQ_177_177 ~,
#define Z_EQ_178_178 ~,
#define Z_EQ_179_179 ~,
#define Z_EQ_180_180 ~,
#define Z_EQ_181_181 ~,
#define Z_EQ_182_182 ~,
#define Z_EQ_183_183 ~,
#define Z_EQ_184_184 ~,
#define Z_EQ_185_185 ~,
#define Z_EQ_186_186 ~,
#define Z_EQ_187_187 ~,
#define Z_EQ_188_188 ~,
#define Z_EQ_189_189 ~,
#define Z_EQ_190_190 ~,
#define Z_EQ_191_191 ~,
#define Z_EQ_192_192 ~,
#define Z_EQ_193_193 ~,
#define Z_EQ_194_194 ~,
#define Z_EQ_195_195 ~,
#define Z_EQ_196_196 ~,
#define Z_EQ_197_197 ~,
#define Z_EQ_198_198 ~,
#define Z_EQ_199_199 ~,
#define Z_EQ_200_200 ~,
#define Z_EQ_201_201 ~,
#define Z_EQ_202_202 ~,
#define Z_EQ_203_203 ~,
#define Z_EQ_204_204 ~,
#define Z_EQ_205_205 ~,
#define Z_EQ_206_206 ~,
#define Z_EQ_207_207 ~,
#define Z_EQ_208_208 ~,
#define Z_EQ_209_209 ~,
#define Z_EQ_210_210 ~,
#define Z_EQ_211_211 ~,
#define Z_EQ_212_212 ~,
#define Z_EQ_213_213 ~,
#define Z_EQ_214_214 ~,
#define Z_EQ_215_215 ~,
#define Z_EQ_216_216 ~,
#define Z_EQ_217_217 ~,
#define Z_EQ_218_218 ~,
#define Z_EQ_219_219 ~,
#define Z_EQ_220_220 ~,
#define Z_EQ_221_221 ~,
#define Z_EQ_222_222 ~,
#define Z_EQ_223_223 ~,
#define Z_EQ_224_224 ~,
#define Z_EQ_225_225 ~,
#define Z_EQ_226_226 ~,
#define Z_EQ_227_227 ~,
#define Z_EQ_228_228 ~,
#define Z_EQ_229_229 ~,
#define Z_EQ_230_230 ~,
#define Z_EQ_231_231 ~,
#define Z_EQ_232_232 ~,
#define Z_EQ_233_233 ~,
#define Z_EQ_234_234 ~,
#define Z_EQ_235_235 ~,
#define Z_EQ_236_236 ~,
#define Z_EQ_237_237 ~,
#define Z_EQ_238_238 ~,
#define Z_EQ_239_239 ~,
#define Z_EQ_240_240 ~,
#define Z_EQ_241_241 ~,
#define Z_EQ_242_242 ~,
#define Z_EQ_243_243 ~,
#define Z_EQ_244_244 ~,
#define Z_EQ_245_245 ~,
#define Z_EQ_246_246 ~,
#define Z_EQ_247_247 ~,
#define Z_EQ_248_248 ~,
#define Z_EQ_249_249 ~,
#define Z_EQ_250_250 ~,
#define Z_EQ_251_251 ~,
#define Z_EQ_252_252 ~,
#define Z_EQ_253_253 ~,
#define Z_EQ_254_254 ~,
#define Z_EQ_255_255 ~,
#define Z_EQ_256_256 ~,
#define Z_EQ_257_257 ~,
#define Z_EQ_258_258 ~,
#define Z_EQ_259_259 ~,
#define Z_EQ_260_260 ~,
#define Z_EQ_261_261 ~,
#define Z_EQ_262_262 ~,
#define Z_EQ_263_263 ~,
#define Z_EQ_264_264 ~,
#define Z_EQ_265_265 ~,
#define Z_EQ_266_266 ~,
#define Z_EQ_267_267 ~,
#define Z_EQ_268_268 ~,
#define Z_EQ_269_269 ~,
#define Z_EQ_270_270 ~,
#define Z_EQ_271_271 ~,
#define Z_EQ_272_272 ~,
#define Z_EQ_273_273 ~,
#define Z_EQ_274_274 ~,
#define Z_EQ_275_275 ~,
#define Z_EQ_276_276 ~,
#define Z_EQ_277_277 ~,
#define Z_EQ_278_278 ~,
#define Z_EQ_279_279 ~,
#define Z_EQ_280_280 ~,
#define Z_EQ_281_281 ~,
#define Z_EQ_282_282 ~,
#define Z_EQ_283_283 ~,
#define Z_EQ_284_284 ~,
#define Z_EQ_285_285 ~,
#define Z_EQ_286_286 ~,
#define Z_EQ_287_287 ~,
#define Z_EQ_288_288 ~,
#define Z_EQ_289_289 ~,
#define Z_EQ_290_290 ~,
#define Z_EQ_291_291 ~,
#define Z_EQ_292_292 ~,
#define Z_EQ_293_293 ~,
#define Z_EQ_294_294 ~,
#define Z_EQ_295_295 ~,
#define Z_EQ_296_296 ~,
#define Z_EQ_297_297 ~,
#define Z_EQ_298_298 ~,
#define Z_EQ_299_299 ~,
#define Z_EQ_300_300 ~,
#define Z_EQ_301_301 ~,
#define Z_EQ_302_302 ~,
#define Z_EQ_303_303 ~,
#define Z_EQ_304_304 ~,
#define Z_EQ_305_305 ~,
#define Z_EQ_306_306 ~,
#define Z_EQ_307_307 ~,
#define Z_EQ_308_308 ~,
#define Z_EQ_309_309 ~,
#define Z_EQ_310_310 ~,
#define Z_EQ_311_311 ~,
#define Z_EQ_312_312 ~,
#define Z_EQ_313_313 ~,
#define Z_EQ_314_314 ~,
#define Z_EQ_315_315 ~,
#define Z_EQ_316_316 ~,
#define Z_EQ_317_317 ~,
#define Z_EQ_318_318 ~,
#define Z_EQ_319_319 ~,
#define Z_EQ_320_320 ~,
#define Z_EQ_321_321 ~,
#define Z_EQ_322_322 ~,
#define Z_EQ_323_323 ~,
#define Z_EQ_324_324 ~,
#define Z_EQ_325_325 ~,
#define Z_EQ_326_326 ~,
#define Z_EQ_327_327 ~,
#define Z_EQ_328_328 ~,
#define Z_EQ_329_329 ~,
#define Z_EQ_330_330 ~,
#define Z_EQ_331_331 ~,
#define Z_EQ_332_332 ~,
#define Z_EQ_333_333 ~,
#define Z_EQ_334_334 ~,
#define Z_EQ_335_335 ~,
#define Z_EQ_336_336 ~,
#define Z_EQ_337_337 ~,
#define Z_EQ_338_338 ~,
#define Z_EQ_339_339 ~,
#define Z_EQ_340_340 ~,
#define Z_EQ_341_341 ~,
#define Z_EQ_342_342 ~,
#define Z_EQ_343_343 ~,
#define Z_EQ_344_344 ~,
#define Z_EQ_345_345 ~,
#define Z_EQ_346_346 ~,
#define Z_EQ_347_347 ~,
#define Z_EQ_348_348 ~,
#define Z_EQ_349_349 ~,
#define Z_EQ_350_350 ~,
#define Z_EQ_351_351 ~,
#define Z_EQ_352_352 ~,
#define Z_EQ_353_353 ~,
#define Z_EQ_354_354 ~,
#define Z_EQ_355_355 ~,
#define Z_EQ_356_356 ~,
#define Z_EQ_357_357 ~,
#define Z_EQ_358_358 ~,
#define Z_EQ_359_359 ~,
#define Z_EQ_360_360 ~,
#define Z_EQ_361_361 ~,
#define Z_EQ_362_362 ~,
#define Z_EQ_363_363 ~,
#define Z_EQ_364_364 ~,
#define Z_EQ_365_365 ~,
#define Z_EQ_366_366 ~,
#define Z_EQ_367_367 ~,
#define Z_EQ_368_368 ~,
#define Z_EQ_369_369 ~,
#define Z_EQ_370_370 ~,
#define Z_EQ_371_371 ~,
#define Z_EQ_372_372 ~,
#define Z_EQ_373_373 ~,
#define Z_EQ_374_374 ~,
#define Z_EQ_375_375 ~,
#define Z_EQ_376_376 ~,
#define Z_EQ_377_377 ~,
#define Z_EQ_378_378 ~,
#define Z_EQ_379_379 ~,
#define Z_EQ_380_380 ~,
#define Z_EQ_381_381 ~,
#define Z_EQ_382_382 ~,
#define Z_EQ_383_383 ~,
#define Z_EQ_384_384 ~,
#define Z_EQ_385_385 ~,
#define Z_EQ_386_386 ~,
#define Z_EQ_387_387 ~,
#define Z_EQ_388_388 ~,
#define Z_EQ_389_389 ~,
#define Z_EQ_390_390 ~,
#define Z_EQ_391_391 ~,
#define Z_EQ_392_392 ~,
#define Z_EQ_393_393 ~,
#define Z_EQ_394_394 ~,
#define Z_EQ_395_395 ~,
#define Z_EQ_396_396 ~,
#define Z_EQ_397_397 ~,
#define Z_EQ_398_398 ~,
#define Z_EQ_399_399 ~,
#define Z_EQ_400_400 ~,
#define Z_EQ_401_401 ~,
#define Z_EQ_402_402 ~,
#define Z_EQ_403_403 ~,
#define Z_EQ_404_404 ~,
#define Z_EQ_405_405 ~,
#define Z_EQ_406_406 ~,
#define Z_EQ_407_407 ~,
#define Z_EQ_408_408 ~,
#define Z_EQ_409_409 ~,
#define Z_EQ_410_410 ~,
#define Z_EQ_411_411 ~,
#define Z_EQ_412_412 ~,
#define Z_EQ_413_413 ~,
#define Z_EQ_414_414 ~,
#define Z_EQ_415_415 ~,
#define Z_EQ_416_416 ~,
#define Z_EQ_417_417 ~,
#define Z_EQ_418_418 ~,
#define Z_EQ_419_419 ~,
#define Z_EQ_420_420 ~,
#define Z_EQ_421_421 ~,
#define Z_EQ_422_422 ~,
#define Z_EQ_423_423 ~,
#define Z_EQ_424_424 ~,
#define Z_EQ_425_425 ~,
#define Z_EQ_426_426 ~,
#define Z_EQ_427_427 ~,
#define Z_EQ_428_428 ~,
#define Z_EQ_429_429 ~,
#define Z_EQ_430_430 ~,
#define Z_EQ_431_431 ~,
#define Z_EQ_432_432 ~,
#define Z_EQ_433_433 ~,
#define Z_EQ_434_434 ~,
#define Z_EQ_435_435 ~,
#define Z_EQ_436_436 ~,
#define Z_EQ_437_437 ~,
#define Z_EQ_438_438 ~,
#define Z_EQ_439_439 ~,
#define Z_EQ_440_440 ~,
#define Z_EQ_441_441 ~,
#define Z_EQ_442_442 ~,
#define Z_EQ_443_443 ~,
#define Z_EQ_444_444 ~,
#define Z_EQ_445_445 ~,
#define Z_EQ_446_446 ~,
#define Z_EQ_447_447 ~,
#define Z_EQ_448_448 ~,
#define Z_EQ_449_449 ~,
#define Z_EQ_450_450 ~,
#define Z_EQ_451_451 ~,
#define Z_EQ_452_452 ~,
#define Z_EQ_453_453 ~,
#define Z_EQ_454_454 ~,
#define Z_EQ_455_455 ~,
#define Z_EQ_456_456 ~,
#define Z_EQ_457_457 ~,
#define Z_EQ_458_458 ~,
#define Z_EQ_459_459 ~,
#define Z_EQ_460_460 ~,
#define Z_EQ_461_461 ~,
#define Z_EQ_462_462 ~,
#define Z_EQ_463_463 ~,
#define Z_EQ_464_464 ~,
#define Z_EQ_465_465 ~,
#define Z_EQ_466_466 ~,
#define Z_EQ_467_467 ~,
#define Z_EQ_468_468 ~,
#define Z_EQ_469_469 ~,
#define Z_EQ_470_470 ~,
#define Z_EQ_471_471 ~,
#define Z_EQ_472_472 ~,
#define Z_EQ_473_473 ~,
#define Z_EQ_474_474 ~,
#define Z_EQ_475_475 ~,
#define Z_EQ_476_476 ~,
#define Z_EQ_477_477 ~,
#define Z_EQ_478_478 ~,
#define Z_EQ_479_479 ~,
#define Z_EQ_480_480 ~,
#define Z_EQ_481_481 ~,
#define Z_EQ_482_482 ~,
#define Z_EQ_483_483 ~,
#define Z_EQ_484_484 ~,
#define Z_EQ_485_485 ~,
#define Z_EQ_486_486 ~,
#define Z_EQ_487_487 ~,
#define Z_EQ_488_488 ~,
#define Z_EQ_489_489 ~,
#define Z_EQ_490_490 ~,
#define Z_EQ_491_491 ~,
#define Z_EQ_492_492 ~,
#define Z_EQ_493_493 ~,
#define Z_EQ_494_494 ~,
#define Z_EQ_495_495 ~,
#define Z_EQ_496_496 ~,
#define Z_EQ_497_497 ~,
#define Z_EQ_498_498 ~,
#define Z_EQ_499_499 ~,
#define Z_EQ_500_500 ~,
#define Z_EQ_501_501 ~,
#define Z_EQ_502_502 ~,
#define Z_EQ_503_503 ~,
#define Z_EQ_504_504 ~,
#define Z_EQ_505_505 ~,
#define Z_EQ_506_506 ~,
#define Z_EQ_507_507 ~,
#define Z_EQ_508_508 ~,
#define Z_EQ_509_509 ~,
#define Z_EQ_510_510 ~,
#define Z_EQ_511_511 ~,
#define Z_EQ_512_512 ~,

/* Lists made from a count. */
#define Z_LIST_0(F, sep, ...)
#define Z_LIST_1(F, sep, ...) F(0, __VA_ARGS__)
#define Z_LIST_2(F, sep, ...) Z_LIST_1(F, sep, __VA_ARGS__) Z_UNPAREN sep F(1, __VA_ARGS__)
#define Z_LIST_3(F, sep, ...) Z_LIST_2(F, sep, __VA_ARGS__) Z_UNPAREN sep F(2, __VA_ARGS__)
#define Z_LIST_4(F, sep, ...) Z_LIST_3(F, sep, __VA_ARGS__) Z_UNPAREN sep F(3, __VA_ARGS__)
#define Z_LIST_5(F, sep, ...) Z_LIST_4(F, sep, __VA_ARGS__) Z_UNPAREN sep F(4, __VA_ARGS__)
#define Z_LIST_6(F, sep, ...) Z_LIST_5(F, sep, __VA_ARGS__) Z_UNPAREN sep F(5, __VA_ARGS__)
#define Z_LIST_7(F, sep, ...) Z_LIST_6(F, sep, __VA_ARGS__) Z_UNPAREN sep F(6, __VA_ARGS__)
#define Z_LIST_8(F, sep, ...) Z_LIST_7(F, sep, __VA_ARGS__) Z_UNPAREN sep F(7, __VA_ARGS__)
#define Z_LIST_9(F, sep, ...) Z_LIST_8(F, sep, __VA_ARGS__) Z_UNPAREN sep F(8, __VA_ARGS__)
#define Z_LIST_10(F, sep, ...) Z_LIST_9(F, sep, __VA_ARGS__) Z_UNPAREN sep F(9, __VA_ARGS__)
#define Z_LIST_11(F, sep, ...) Z_LIST_10(F, sep, __VA_ARGS__) Z_UNPAREN sep F(10, __VA_ARGS__)
#define Z_LIST_12(F, sep, ...) Z_LIST_11(F, sep, __VA_ARGS__) Z_UNPAREN sep F(11, __VA_ARGS__)
#define Z_LIST_13(F, sep, ...) Z_LIST_12(F, sep, __VA_ARGS__) Z_UNPAREN sep F(12, __VA_ARGS__)
#define Z_LIST_14(F, sep, ...) Z_LIST_13(F, sep, __VA_ARGS__) Z_UNPAREN sep F(13, __VA_ARGS__)
#define Z_LIST_15(F, sep, ...) Z_LIST_14(F, sep, __VA_ARGS__) Z_UNPAREN sep F(14, __VA_ARGS__)
#define Z_LIST_16(F, sep, ...) Z_LIST_15(F, sep, __VA_ARGS__) Z_UNPAREN sep F(15, __VA_ARGS__)
#define Z_LIST_17(F, sep, ...) Z_LIST_16(F, sep, __VA_ARGS__) Z_UNPAREN sep F(16, __VA_ARGS__)
#define Z_LIST_18(F, sep, ...) Z_LIST_17(F, sep, __VA_ARGS__) Z_UNPAREN sep F(17, __VA_ARGS__)
#define Z_LIST_19(F, sep, ...) Z_LIST_18(F, sep, __VA_ARGS__) Z_UNPAREN sep F(18, __VA_ARGS__)
#define Z_LIST_20(F, sep, ...) Z_LIST_19(F, sep, __VA_ARGS__) Z_UNPAREN sep F(19, __VA_ARGS__)
#define Z_LIST_21(F, sep, ...) Z_LIST_20(F, sep, __VA_ARGS__) Z_UNPAREN sep F(20, __VA_ARGS__)
#define Z_LIST_22(F, sep, ...) Z_LIST_21(F, sep, __VA_ARGS__) Z_UNPAREN sep F(21, __VA_ARGS__)
#define Z_LIST_23(F, sep, ...) Z_LIST_22(F, sep, __VA_ARGS__) Z_UNPAREN sep F(22, __VA_ARGS__)
#define Z_LIST_24(F, sep, ...) Z_LIST_23(F, sep, __VA_ARGS__) Z_UNPAREN sep F(23, __VA_ARGS__)
#define Z_LIST_25(F, sep, ...) Z_LIST_24(F, sep, __VA_ARGS__) Z_UNPAREN sep F(24, __VA_ARGS__)
#define Z_LIST_26(F, sep, ...) Z_LIST_25(F, sep, __VA_ARGS__) Z_UNPAREN sep F(25, __VA_ARGS__)
#define Z_LIST_27(F, sep, ...) Z_LIST_26(F, sep, __VA_ARGS__) Z_UNPAREN sep F(26, __VA_ARGS__)
#define Z_LIST_28(F, sep, ...) Z_LIST_27(F, sep, __VA_ARGS__) Z_UNPAREN sep F(27, __VA_ARGS__)
#define Z_LIST_29(F, sep, ...) Z_LIST_28(F, sep, __VA_ARGS__) Z_UNPAREN sep F(28, __VA_ARGS__)
#define Z_LIST_30(F, sep, ...) Z_LIST_29(F, sep, __VA_ARGS__) Z_UNPAREN sep F(29, __VA_ARGS__)
#define Z_LIST_31(F, sep, ...) Z_LIST_30(F, sep, __VA_ARGS__) Z_UNPAREN sep F(30, __VA_ARGS__)
#define Z_LIST_32(F, sep, ...) Z_LIST_31(F, sep, __VA_ARGS__) Z_UNPAREN sep F(31, __VA_ARGS__)
#define Z_LIST_33(F, sep, ...) Z_LIST_32(F, sep, __VA_ARGS__) Z_UNPAREN sep F(32, __VA_ARGS__)
#define Z_LIST_34(F, sep, ...) Z_LIST_33(F, sep, __VA_ARGS__) Z_UNPAREN sep F(33, __VA_ARGS__)
#define Z_LIST_35(F, sep, ...) Z_LIST_34(F, sep, __VA_ARGS__) Z_UNPAREN sep F(34, __VA_ARGS__)
#define Z_LIST_36(F, sep, ...) Z_LIST_35(F, sep, __VA_ARGS__) Z_UNPAREN sep F(35, __VA_ARGS__)
#define Z_LIST_37(F, sep, ...) Z_LIST_36(F, sep, __VA_ARGS__) Z_UNPAREN sep F(36, __VA_ARGS__)
#define Z_LIST_38(F, sep, ...) Z_LIST_37(F, sep, __VA_ARGS__) Z_UNPAREN sep F(37, __VA_ARGS__)
#define Z_LIST_39(F, sep, ...) Z_LIST_38(F, sep, __VA_ARGS__) Z_UNPAREN sep F(38, __VA_ARGS__)
#define Z_LIST_40(F, sep, ...) Z_LIST_39(F, sep, __VA_ARGS__) Z_UNPAREN sep F(39, __VA_ARGS__)
#define Z_LIST_41(F, sep, ...) Z_LIST_40(F, sep, __VA_ARGS__) Z_UNPAREN sep F(40, __VA_ARGS__)
#define Z_LIST_42(F, sep, ...) Z_LIST_41(F, sep, __VA_ARGS__) Z_UNPAREN sep F(41, __VA_ARGS__)
#define Z_LIST_43(F, sep, ...) Z_LIST_42(F, sep, __VA_ARGS__) Z_UNPAREN sep F(42, __VA_ARGS__)
#define Z_LIST_44(F, sep, ...) Z_LIST_43(F, sep, __VA_ARGS__) Z_UNPAREN sep F(43, __VA_ARGS__)
#define Z_LIST_45(F, sep, ...) Z_LIST_44(F, sep, __VA_ARGS__) Z_UNPAREN sep F(44, __VA_ARGS__)
#define Z_LIST_46(F, sep, ...) Z_LIST_45(F, sep, __VA_ARGS__) Z_UNPAREN sep F(45, __VA_ARGS__)
#define Z_LIST_47(F, sep, ...) Z_LIST_46(F, sep, __VA_ARGS__) Z_UNPAREN sep F(46, __VA_ARGS__)
#define Z_LIST_48(F, sep, ...) Z_LIST_47(F, sep, __VA_ARGS__) Z_UNPAREN sep F(47, __VA_ARGS__)
#define Z_LIST_49(F, sep, ...) Z_LIST_48(F, sep, __VA_ARGS__) Z_UNPAREN sep F(48, __VA_ARGS__)
#define Z_LIST_50(F, sep, ...) Z_LIST_49(F, sep, __VA_ARGS__) Z_UNPAREN sep F(49, __VA_ARGS__)
#define Z_LIST_51(F, sep, ...) Z_LIST_50(F, sep, __VA_ARGS__) Z_UNPAREN sep F(50, __VA_ARGS__)
#define Z_LIST_52(F, sep, ...) Z_LIST_51(F, sep, __VA_ARGS__) Z_UNPAREN sep F(51, __VA_ARGS__)
#define Z_LIST_53(F, sep, ...) Z_LIST_52(F, sep, __VA_ARGS__) Z_UNPAREN sep F(52, __VA_ARGS__)
#define Z_LIST_54(F, sep, ...) Z_LIST_53(F, sep, __VA_ARGS__) Z_UNPAREN sep F(53, __VA_ARGS__)
#define Z_LIST_55(F, sep, ...) Z_LIST_54(F, sep, __VA_ARGS__) Z_UNPAREN sep F(54, __VA_ARGS__)
#define Z_LIST_56(F, sep, ...) Z_LIST_55(F, sep, __VA_ARGS__) Z_UNPAREN sep F(55, __VA_ARGS__)
#define Z_LIST_57(F, sep, ...) Z_LIST_56(F, sep, __VA_ARGS__) Z_UNPAREN sep F(56, __VA_ARGS__)
#define Z_LIST_58(F, sep, ...) Z_LIST_57(F, sep, __VA_ARGS__) Z_UNPAREN sep F(57, __VA_ARGS__)
#define Z_LIST_59(F, sep, ...) Z_LIST_58(F, sep, __VA_ARGS__) Z_UNPAREN sep F(58, __VA_ARGS__)
#define Z_LIST_60(F, sep, ...) Z_LIST_59(F, sep, __VA_ARGS__) Z_UNPAREN sep F(59, __VA_ARGS__)
#define Z_LIST_61(F, sep, ...) Z_LIST_60(F, sep, __VA_ARGS__) Z_UNPAREN sep F(60, __VA_ARGS__)
#define Z_LIST_62(F, sep, ...) Z_LIST_61(F, sep, __VA_ARGS__) Z_UNPAREN sep F(61, __VA_ARGS__)
#define Z_LIST_63(F, sep, ...) Z_LIST_62(F, sep, __VA_ARGS__) Z_UNPAREN sep F(62, __VA_ARGS__)
#define Z_LIST_64(F, sep, ...) Z_LIST_63(F, sep, __VA_ARGS__) Z_UNPAREN sep F(63, __VA_ARGS__)
#define Z_LIST_65(F, sep, ...) Z_LIST_64(F, sep, __VA_ARGS__) Z_UNPAREN sep F(64, __VA_ARGS__)
#define Z_LIST_66(F, sep, ...) Z_LIST_65(F, sep, __VA_ARGS__) Z_UNPAREN sep F(65, __VA_ARGS__)
#define Z_LIST_67(F, sep, ...) Z_LIST_66(F, sep, __VA_ARGS__) Z_UNPAREN sep F(66, __VA_ARGS__)
#define Z_LIST_68(F, sep, ...) Z_LIST_67(F, sep, __VA_ARGS__) Z_UNPAREN sep F(67, __VA_ARGS__)
#define Z_LIST_69(F, sep, ...) Z_LIST_68(F, sep, __VA_ARGS__) Z_UNPAREN sep F(68, __VA_ARGS__)
#define Z_LIST_70(F, sep, ...) Z_LIST_69(F, sep, __VA_ARGS__) Z_UNPAREN sep F(69, __VA_ARGS__)
#define Z_LIST_71(F, sep, ...) Z_LIST_70(F, sep, __VA_ARGS__) Z_UNPAREN sep F(70, __VA_ARGS__)
#define Z_LIST_72(F, sep, ...) Z_LIST_71(F, sep, __VA_ARGS__) Z_UNPAREN sep F(71, __VA_ARGS__)
#define Z_LIST_73(F, sep, ...) Z_LIST_72(F, sep, __VA_ARGS__) Z_UNPAREN sep F(72, __VA_ARGS__)
#define Z_LIST_74(F, sep, ...) Z_LIST_73(F, sep, __VA_ARGS__) Z_UNPAREN sep F(73, __VA_ARGS__)
#define Z_LIST_75(F, sep, ...) Z_LIST_74(F, sep, __VA_ARGS__) Z_UNPAREN sep F(74, __VA_ARGS__)
#define Z_LIST_76(F, sep, ...) Z_LIST_75(F, sep, __VA_ARGS__) Z_UNPAREN sep F(75, __VA_ARGS__)
#define Z_LIST_77(F, sep, ...) Z_LIST_76(F, sep, __VA_ARGS__) Z_UNPAREN sep F(76, __VA_ARGS__)
#define Z_LIST_78(F, sep, ...) Z_LIST_77(F, sep, __VA_ARGS__) Z_UNPAREN sep F(77, __VA_ARGS__)
#define Z_LIST_79(F, sep, ...) Z_LIST_78(F, sep, __VA_ARGS__) Z_UNPAREN sep F(78, __VA_ARGS__)
#define Z_LIST_80(F, sep, ...) Z_LIST_79(F, sep, __VA_ARGS__) Z_UNPAREN sep F(79, __VA_ARGS__)
#define Z_LIST_81(F, sep, ...) Z_LIST_80(F, sep, __VA_ARGS__) Z_UNPAREN sep F(80, __VA_ARGS__)
#define Z_LIST_82(F, sep, ...) Z_LIST_81(F, sep, __VA_ARGS__) Z_UNPAREN sep F(81, __VA_ARGS__)
#define Z_LIST_83(F, sep, ...) Z_LIST_82(F, sep, __VA_ARGS__) Z_UNPAREN sep F(82, __VA_ARGS__)
#define Z_LIST_84(F, sep, ...) Z_LIST_83(F, sep, __VA_ARGS__) Z_UNPAREN sep F(83, __VA_ARGS__)
#define Z_LIST_85(F, sep, ...) Z_LIST_84(F, sep, __VA_ARGS__) Z_UNPAREN sep F(84, __VA_ARGS__)
#define Z_LIST_86(F, sep, ...) Z_LIST_85(F, sep, __VA_ARGS__) Z_UNPAREN sep F(85, __VA_ARGS__)
#define Z_LIST_87(F, sep, ...) Z_LIST_86(F, sep, __VA_ARGS__) Z_UNPAREN sep F(86, __VA_ARGS__)
#define Z_LIST_88(F, sep, ...) Z_LIST_87(F, sep, __VA_ARGS__) Z_UNPAREN sep F(87, __VA_ARGS__)
#define Z_LIST_89(F, sep, ...) Z_LIST_88(F, sep, __VA_ARGS__) Z_UNPAREN sep F(88, __VA_ARGS__)
#define Z_LIST_90(F, sep, ...) Z_LIST_89(F, sep, __VA_ARGS__) Z_UNPAREN sep F(89, __VA_ARGS__)
#define Z_LIST_91(F, sep, ...) Z_LIST_90(F, sep, __VA_ARGS__) Z_UNPAREN sep F(90, __VA_ARGS__)
#define Z_LIST_92(F, sep, ...) Z_LIST_91(F, sep, __VA_ARGS__) Z_UNPAREN sep F(91, __VA_ARGS__)
#define Z_LIST_93(F, sep, ...) Z_LIST_92(F, sep, __VA_ARGS__) Z_UNPAREN sep F(92, __VA_ARGS__)
#define Z_LIST_94(F, sep, ...) Z_LIST_93(F, sep, __VA_ARGS__) Z_UNPAREN sep F(93, __VA_ARGS__)
#define Z_LIST_95(F, sep, ...) Z_LIST_94(F, sep, __VA_ARGS__) Z_UNPAREN sep F(94, __VA_ARGS__)
#define Z_LIST_96(F, sep, ...) Z_LIST_95(F, sep, __VA_ARGS__) Z_UNPAREN sep F(95, __VA_ARGS__)
#define Z_LIST_97(F, sep, ...) Z_LIST_96(F, sep, __VA_ARGS__) Z_UNPAREN sep F(96, __VA_ARGS__)
#define Z_LIST_98(F, sep, ...) Z_LIST_97(F, sep, __VA_ARGS__) Z_UNPAREN sep F(97, __VA_ARGS__)
#define Z_LIST_99(F, sep, ...) Z_LIST_98(F, sep, __VA_ARGS__) Z_UNPAREN sep F(98, __VA_ARGS__)
#define Z_LIST_100(F, sep, ...) Z_LIST_99(F, sep, __VA_ARGS__) Z_UNPAREN sep F(99, __VA_ARGS__)
#define Z_LIST_101(F, sep, ...) Z_LIST_100(F, sep, __VA_ARGS__) Z_UNPAREN sep F(100, __VA_ARGS__)
#define Z_LIST_102(F, sep, ...) Z_LIST_101(F, sep, __VA_ARGS__) Z_UNPAREN sep F(101, __VA_ARGS__)
#define Z_LIST_103(F, sep, ...) Z_LIST_102(F, sep, __VA_ARGS__) Z_UNPAREN sep F(102, __VA_ARGS__)
#define Z_LIST_104(F, sep, ...) Z_LIST_103(F, sep, __VA_ARGS__) Z_UNPAREN sep F(103, __VA_ARGS__)
#define Z_LIST_105(F, sep, ...) Z_LIST_104(F, sep, __VA_ARGS__) Z_UNPAREN sep F(104, __VA_ARGS__)
#define Z_LIST_106(F, sep, ...) Z_LIST_105(F, sep, __VA_ARGS__) Z_UNPAREN sep F(105, __VA_ARGS__)
#define Z_LIST_107(F, sep, ...) Z_LIST_106(F, sep, __VA_ARGS__) Z_UNPAREN sep F(106, __VA_ARGS__)
#define Z_LIST_108(F, sep, ...) Z_LIST_107(F, sep, __VA_ARGS__) Z_UNPAREN sep F(107, __VA_ARGS__)
#define Z_LIST_109(F, sep, ...) Z_LIST_108(F, sep, __VA_ARGS__) Z_UNPAREN sep F(108, __VA_ARGS__)
#define Z_LIST_110(F, sep, ...) Z_LIST_109(F, sep, __VA_ARGS__) Z_UNPAREN sep F(109, __VA_ARGS__)
#define Z_LIST_111(F, sep, ...) Z_LIST_110(F, sep, __VA_ARGS__) Z_UNPAREN sep F(110, __VA_ARGS__)
#define Z_LIST_112(F, sep, ...) Z_LIST_111(F, sep, __VA_ARGS__) Z_UNPAREN sep F(111, __VA_ARGS__)
#define Z_LIST_113(F, sep, ...) Z_LIST_112(F, sep, __VA_ARGS__) Z_UNPAREN sep F(112, __VA_ARGS__)
#define Z_LIST_114(F, sep, ...) Z_LIST_113(F, sep, __VA_ARGS__) Z_UNPAREN sep F(113, __VA_ARGS__)
#define Z_LIST_115(F, sep, ...) Z_LIST_114(F, sep, __VA_ARGS__) Z_UNPAREN sep F(114, __VA_ARGS__)
#define Z_LIST_116(F, sep, ...) Z_LIST_115(F, sep, __VA_ARGS__) Z_UNPAREN sep F(115, __VA_ARGS__)
#define Z_LIST_117(F, sep, ...) Z_LIST_116(F, sep, __VA_ARGS__) Z_UNPAREN sep F(116, __VA_ARGS__)
#define Z_LIST_118(F, sep, ...) Z_LIST_117(F, sep, __VA_ARGS__) Z_UNPAREN sep F(117, __VA_ARGS__)
#define Z_LIST_119(F, sep, ...) Z_LIST_118(F, sep, __VA_ARGS__) Z_UNPAREN sep F(118, __VA_ARGS__)
#define Z_LIST_120(F, sep, ...) Z_LIST_119(F, sep, __VA_ARGS__) Z_UNPAREN sep F(119, __VA_ARGS__)
#define Z_LIST_121(F, sep, ...) Z_LIST_120(F, sep, __VA_ARGS__) Z_UNPAREN sep F(120, __VA_ARGS__)
#define Z_LIST_122(F, sep, ...) Z_LIST_121(F, sep, __VA_ARGS__) Z_UNPAREN sep F(121, __VA_ARGS__)
#define Z_LIST_123(F, sep, ...) Z_LIST_122(F, sep, __VA_ARGS__) Z_UNPAREN sep F(122, __VA_ARGS__)
#define Z_LIST_124(F, sep, ...) Z_LIST_123(F, sep, __VA_ARGS__) Z_UNPAREN sep F(123, __VA_ARGS__)
#define Z_LIST_125(F, sep, ...) Z_LIST_124(F, sep, __VA_ARGS__) Z_UNPAREN sep F(124, __VA_ARGS__)
#define Z_LIST_126(F, sep, ...) Z_LIST_125(F, sep, __VA_ARGS__) Z_UNPAREN sep F(125, __VA_ARGS__)
#define Z_LIST_127(F, sep, ...) Z_LIST_126(F, sep, __VA_ARGS__) Z_UNPAREN sep F(126, __VA_ARGS__)
#define Z_LIST_128(F, sep, ...) Z_LIST_127(F, sep, __VA_ARGS__) Z_UNPAREN sep F(127, __VA_ARGS__)
#define Z_LIST_129(F, sep, ...) Z_LIST_128(F, sep, __VA_ARGS__) Z_UNPAREN sep F(128, __VA_ARGS__)
#define Z_LIST_130(F, sep, ...) Z_LIST_129(F, sep, __VA_ARGS__) Z_UNPAREN sep F(129, __VA_ARGS__)
#define Z_LIST_131(F, sep, ...) Z_LIST_130(F, sep, __VA_ARGS__) Z_UNPAREN sep F(130, __VA_ARGS__)
#define Z_LIST_132(F, sep, ...) Z_LIST_131(F, sep, __VA_ARGS__) Z_UNPAREN sep F(131, __VA_ARGS__)
#define Z_LIST_133(F, sep, ...) Z_LIST_132(F, sep, __VA_ARGS__) Z_UNPAREN sep F(132, __VA_ARGS__)
#define Z_LIST_134(F, sep, ...) Z_LIST_133(F, sep, __VA_ARGS__) Z_UNPAREN sep F(133, __VA_ARGS__)
#define Z_LIST_135(F, sep, ...) Z_LIST_134(F, sep, __VA_ARGS__) Z_UNPAREN sep F(134, __VA_ARGS__)
#define Z_LIST_136(F, sep, ...) Z_LIST_135(F, sep, __VA_ARGS__) Z_UNPAREN sep F(135, __VA_ARGS__)
#define Z_LIST_137(F, sep, ...) Z_LIST_136(F, sep, __VA_ARGS__) Z_UNPAREN sep F(136, __VA_ARGS__)
#define Z_LIST_138(F, sep, ...) Z_LIST_137(F, sep, __VA_ARGS__) Z_UNPAREN sep F(137, __VA_ARGS__)
#define Z_LIST_139(F, sep, ...) Z_LIST_138(F, sep, __VA_ARGS__) Z_UNPAREN sep F(138, __VA_ARGS__)
#define Z_LIST_140(F, sep, ...) Z_LIST_139(F, sep, __VA_ARGS__) Z_UNPAREN sep F(139, __VA_ARGS__)
#define Z_LIST_141(F, sep, ...) Z_LIST_140(F, sep, __VA_ARGS__) Z_UNPAREN sep F(140, __VA_ARGS__)
#define Z_LIST_142(F, sep, ...) Z_LIST_141(F, sep, __VA_ARGS__) Z_UNPAREN sep F(141, __VA_ARGS__)
#define Z_LIST_143(F, sep, ...) Z_LIST_142(F, sep, __VA_ARGS__) Z_UNPAREN sep F(142, __VA_ARGS__)
#define Z_LIST_144(F, sep, ...) Z_LIST_143(F, sep, __VA_ARGS__) Z_UNPAREN sep F(143, __VA_ARGS__)
#define Z_LIST_145(F, sep, ...) Z_LIST_144(F, sep, __VA_ARGS__) Z_UNPAREN sep F(144, __VA_ARGS__)
#define Z_LIST_146(F, sep, ...) Z_LIST_145(F, sep, __VA_ARGS__) Z_UNPAREN sep F(145, __VA_ARGS__)
#define Z_LIST_147(F, sep, ...) Z_LIST_146(F, sep, __VA_ARGS__) Z_UNPAREN sep F(146, __VA_ARGS__)
#define Z_LIST_148(F, sep, ...) Z_LIST_147(F, sep, __VA_ARGS__) Z_UNPAREN sep F(147, __VA_ARGS__)
#define Z_LIST_149(F, sep, ...) Z_LIST_148(F, sep, __VA_ARGS__) Z_UNPAREN sep F(148, __VA_ARGS__)
#define Z_LIST_150(F, sep, ...) Z_LIST_149(F, sep, __VA_ARGS__) Z_UNPAREN sep F(149, __VA_ARGS__)
#define Z_LIST_151(F, sep, ...) Z_LIST_150(F, sep, __VA_ARGS__) Z_UNPAREN sep F(150, __VA_ARGS__)
#define Z_LIST_152(F, sep, ...) Z_LIST_151(F, sep, __VA_ARGS__) Z_UNPAREN sep F(151, __VA_ARGS__)
#define Z_LIST_153(F, sep, ...) Z_LIST_152(F, sep, __VA_ARGS__) Z_UNPAREN sep F(152, __VA_ARGS__)
#define Z_LIST_154(F, sep, ...) Z_LIST_153(F, sep, __VA_ARGS__) Z_UNPAREN sep F(153, __VA_ARGS__)
#define Z_LIST_155(F, sep, ...) Z_LIST_154(F, sep, __VA_ARGS__) Z_UNPAREN sep F(154, __VA_ARGS__)
#define Z_LIST_156(F, sep, ...) Z_LIST_155(F, sep, __VA_ARGS__) Z_UNPAREN sep F(155, __VA_ARGS__)
#define Z_LIST_157(F, sep, ...) Z_LIST_156(F, sep, __VA_ARGS__) Z_UNPAREN sep F(156, __VA_ARGS__)
#define Z_LIST_158(F, sep, ...) Z_LIST_157(F, sep, __VA_ARGS__) Z_UNPAREN sep F(157, __VA_ARGS__)
#define Z_LIST_159(F, sep, ...) Z_LIST_158(F, sep, __VA_ARGS__) Z_UNPAREN sep F(158, __VA_ARGS__)
#define Z_LIST_160(F, sep, ...) Z_LIST_159(F, sep, __VA_ARGS__) Z_UNPAREN sep F(159, __VA_ARGS__)
#define Z_LIST_161(F, sep, ...) Z_LIST_160(F, sep, __VA_ARGS__) Z_UNPAREN sep F(160, __VA_ARGS__)
#define Z_LIST_162(F, sep, ...) Z_LIST_161(F, sep, __VA_ARGS__) Z_UNPAREN sep F(161, __VA_ARGS__)
#define Z_LIST_163(F, sep, ...) Z_LIST_162(F, sep, __VA_ARGS__) Z_UNPAREN sep F(162, __VA_ARGS__)
#define Z_LIST_164(F, sep, ...) Z_LIST_163(F, sep, __VA_ARGS__) Z_UNPAREN sep F(163, __VA_ARGS__)
#define Z_LIST_165(F, sep, ...) Z_LIST_164(F, sep, __VA_ARGS__) Z_UNPAREN sep F(164, __VA_ARGS__)
#define Z_LIST_166(F, sep, ...) Z_LIST_165(F, sep, __VA_ARGS__) Z_UNPAREN sep F(165, __VA_ARGS__)
#define Z_LIST_167(F, sep, ...) Z_LIST_166(F, sep, __VA_ARGS__) Z_UNPAREN sep F(166, __VA_ARGS__)
#define Z_LIST_168(F, sep, ...) Z_LIST_167(F, sep, __VA_ARGS__) Z_UNPAREN sep F(167, __VA_ARGS__)
#define Z_LIST_169(F, sep, ...) Z_LIST_168(F, sep, __VA_ARGS__) Z_UNPAREN sep F(168, __VA_ARGS__)
#define Z_LIST_170(F, sep, ...) Z_LIST_169(F, sep, __VA_ARGS__) Z_UNPAREN sep F(169, __VA_ARGS__)
#define Z_LIST_171(F, sep, ...) Z_LIST_170(F, sep, __VA_ARGS__) Z_UNPAREN sep F(170, __VA_ARGS__)
#define Z_LIST_172(F, sep, ...) Z_LIST_171(F, sep, __VA_ARGS__) Z_UNPAREN sep F(171, __VA_ARGS__)
#define Z_LIST_173(F, sep, ...) Z_LIST_172(F, sep, __VA_ARGS__) Z_UNPAREN sep F(172, __VA_ARGS__)
#define Z_LIST_174(F, sep, ...) Z_LIST_173(F, sep, __VA_ARGS__) Z_UNPAREN sep F(173, __VA_ARGS__)
#define Z_LIST_175(F, sep, ...) Z_LIST_174(F, sep, __VA_ARGS__) Z_UNPAREN sep F(174, __VA_ARGS__)
#define Z_LIST_176(F, sep, ...) Z_LIST_175(F, sep, __VA_ARGS__) Z_UNPAREN sep F(175, __VA_ARGS__)
#define Z_LIST_177(F, sep, ...) Z_LIST_176(F, sep, __VA_ARGS__) Z_UNPAREN sep F(176, __VA_ARGS__)
#define Z_LIST_178(F, sep, ...) Z_LIST_177(F, sep, __VA_ARGS__) Z_UNPAREN sep F(177, __VA_ARGS__)
#define Z_LIST_179(F, sep, ...) Z_LIST_178(F, sep, __VA_ARGS__) Z_UNPAREN sep F(178, __VA_ARGS__)
#define Z_LIST_180(F, sep, ...) Z_LIST_179(F, sep, __VA_ARGS__) Z_UNPAREN sep F(179, __VA_ARGS__)
#define Z_LIST_181(F, sep, ...) Z_LIST_180(F, sep, __VA_ARGS__) Z_UNPAREN sep F(180, __VA_ARGS__)
#define Z_LIST_182(F, sep, ...) Z_LIST_181(F, sep, __VA_ARGS__) Z_UNPAREN sep F(181, __VA_ARGS__)
#define Z_LIST_183(F, sep, ...) Z_LIST_182(F, sep, __VA_ARGS__) Z_UNPAREN sep F(182, __VA_ARGS__)
#define Z_LIST_184(F, sep, ...) Z_LIST_183(F, sep, __VA_ARGS__) Z_UNPAREN sep F(183, __VA_ARGS__)
#define Z_LIST_185(F, sep, ...) Z_LIST_184(F, sep, __VA_ARGS__) Z_UNPAREN sep F(184, __VA_ARGS__)
#define Z_LIST_186(F, sep, ...) Z_LIST_185(F, sep, __VA_ARGS__) Z_UNPAREN sep F(185, __VA_ARGS__)
#define Z_LIST_187(F, sep, ...) Z_LIST_186(F, sep, __VA_ARGS__) Z_UNPAREN sep F(186, __VA_ARGS__)
#define Z_LIST_188(F, sep, ...) Z_LIST_187(F, sep, __VA_ARGS__) Z_UNPAREN sep F(187, __VA_ARGS__)
#define Z_LIST_189(F, sep, ...) Z_LIST_188(F, sep, __VA_ARGS__) Z_UNPAREN sep F(188, __VA_ARGS__)
#define Z_LIST_190(F, sep, ...) Z_LIST_189(F, sep, __VA_ARGS__) Z_UNPAREN sep F(189, __VA_ARGS__)
#define Z_LIST_191(F, sep, ...) Z_LIST_190(F, sep, __VA_ARGS__) Z_UNPAREN sep F(190, __VA_ARGS__)
#define Z_LIST_192(F, sep, ...) Z_LIST_191(F, sep, __VA_ARGS__) Z_UNPAREN sep F(191, __VA_ARGS__)
#define Z_LIST_193(F, sep, ...) Z_LIST_192(F, sep, __VA_ARGS__) Z_UNPAREN sep F(192, __VA_ARGS__)
#define Z_LIST_194(F, sep, ...) Z_LIST_193(F, sep, __VA_ARGS__) Z_UNPAREN sep F(193, __VA_ARGS__)
#define Z_LIST_195(F, sep, ...) Z_LIST_194(F, sep, __VA_ARGS__) Z_UNPAREN sep F(194, __VA_ARGS__)
#define Z_LIST_196(F, sep, ...) Z_LIST_195(F, sep, __VA_ARGS__) Z_UNPAREN sep F(195, __VA_ARGS__)
#define Z_LIST_197(F, sep, ...) Z_LIST_196(F, sep, __VA_ARGS__) Z_UNPAREN sep F(196, __VA_ARGS__)
#define Z_LIST_198(F, sep, ...) Z_LIST_197(F, sep, __VA_ARGS__) Z_UNPAREN sep F(197, __VA_ARGS__)
#define Z_LIST_199(F, sep, ...) Z_LIST_198(F, sep, __VA_ARGS__) Z_UNPAREN sep F(198, __VA_ARGS__)
#define Z_LIST_200(F, sep, ...) Z_LIST_199(F, sep, __VA_ARGS__) Z_UNPAREN sep F(199, __VA_ARGS__)
#define Z_LIST_201(F, sep, ...) Z_LIST_200(F, sep, __VA_ARGS__) Z_UNPAREN sep F(200, __VA_ARGS__)
#define Z_LIST_202(F, sep, ...) Z_LIST_201(F, sep, __VA_ARGS__) Z_UNPAREN sep F(201, __VA_ARGS__)
#define Z_LIST_203(F, sep, ...) Z_LIST_202(F, sep, __VA_ARGS__) Z_UNPAREN sep F(202, __VA_ARGS__)
#define Z_LIST_204(F, sep, ...) Z_LIST_203(F, sep, __VA_ARGS__) Z_UNPAREN sep F(203, __VA_ARGS__)
#define Z_LIST_205(F, sep, ...) Z_LIST_204(F, sep, __VA_ARGS__) Z_UNPAREN sep F(204, __VA_ARGS__)
#define Z_LIST_206(F, sep, ...) Z_LIST_205(F, sep, __VA_ARGS__) Z_UNPAREN sep F(205, __VA_ARGS__)
#define Z_LIST_207(F, sep, ...) Z_LIST_206(F, sep, __VA_ARGS__) Z_UNPAREN sep F(206, __VA_ARGS__)
#define Z_LIST_208(F, sep, ...) Z_LIST_207(F, sep, __VA_ARGS__) Z_UNPAREN sep F(207, __VA_ARGS__)
#define Z_LIST_209(F, sep, ...) Z_LIST_208(F, sep, __VA_ARGS__) Z_UNPAREN sep F(208, __VA_ARGS__)
#define Z_LIST_210(F, sep, ...) Z_LIST_209(F, sep, __VA_ARGS__) Z_UNPAREN sep F(209, __VA_ARGS__)
#define Z_LIST_211(F, sep, ...) Z_LIST_210(F, sep, __VA_ARGS__) Z_UNPAREN sep F(210, __VA_ARGS__)
#define Z_LIST_212(F, sep, ...) Z_LIST_211(F, sep, __VA_ARGS__) Z_UNPAREN sep F(211, __VA_ARGS__)
#define Z_LIST_213(F, sep, ...) Z_LIST_212(F, sep, __VA_ARGS__) Z_UNPAREN sep F(212, __VA_ARGS__)
#define Z_LIST_214(F, sep, ...) Z_LIST_213(F, sep, __VA_ARGS__) Z_UNPAREN sep F(213, __VA_ARGS__)
#define Z_LIST_215(F, sep, ...) Z_LIST_214(F, sep, __VA_ARGS__) Z_UNPAREN sep F(214, __VA_ARGS__)
#define Z_LIST_216(F, sep, ...) Z_LIST_215(F, sep, __VA_ARGS__) Z_UNPAREN sep F(215, __VA_ARGS__)
#define Z_LIST_217(F, sep, ...) Z_LIST_216(F, sep, __VA_ARGS__) Z_UNPAREN sep F(216, __VA_ARGS__)
#define Z_LIST_218(F, sep, ...) Z_LIST_217(F, sep, __VA_ARGS__) Z_UNPAREN sep F(217, __VA_ARGS__)
#define Z_LIST_219(F, sep, ...) Z_LIST_218(F, sep, __VA_ARGS__) Z_UNPAREN sep F(218, __VA_ARGS__)
#define Z_LIST_220(F, sep, ...) Z_LIST_219(F, sep, __VA_ARGS__) Z_UNPAREN sep F(219, __VA_ARGS__)
#define Z_LIST_221(F, sep, ...) Z_LIST_220(F, sep, __VA_ARGS__) Z_UNPAREN sep F(220, __VA_ARGS__)
#define Z_LIST_222(F, sep, ...) Z_LIST_221(F, sep, __VA_ARGS__) Z_UNPAREN sep F(221, __VA_ARGS__)
#define Z_LIST_223(F, sep, ...) Z_LIST_222(F, sep, __VA_ARGS__) Z_UNPAREN sep F(222, __VA_ARGS__)
#define Z_LIST_224(F, sep, ...) Z_LIST_223(F, sep, __VA_ARGS__) Z_UNPAREN sep F(223, __VA_ARGS__)
#define Z_LIST_225(F, sep, ...) Z_LIST_224(F, sep, __VA_ARGS__) Z_UNPAREN sep F(224, __VA_ARGS__)
#define Z_LIST_226(F, sep, ...) Z_LIST_225(F, sep, __VA_ARGS__) Z_UNPAREN sep F(225, __VA_ARGS__)
#define Z_LIST_227(F, sep, ...) Z_LIST_226(F, sep, __VA_ARGS__) Z_UNPAREN sep F(226, __VA_ARGS__)
#define Z_LIST_228(F, sep, ...) Z_LIST_227(F, sep, __VA_ARGS__) Z_UNPAREN sep F(227, __VA_ARGS__)
#define Z_LIST_229(F, sep, ...) Z_LIST_228(F, sep, __VA_ARGS__) Z_UNPAREN sep F(228, __VA_ARGS__)
#define Z_LIST_230(F, sep, ...) Z_LIST_229(F, sep, __VA_ARGS__) Z_UNPAREN sep F(229, __VA_ARGS__)
#define Z_LIST_231(F, sep, ...) Z_LIST_230(F, sep, __VA_ARGS__) Z_UNPAREN sep F(230, __VA_ARGS__)
#define Z_LIST_232(F, sep, ...) Z_LIST_231(F, sep, __VA_ARGS__) Z_UNPAREN sep F(231, __VA_ARGS__)
#define Z_LIST_233(F, sep, ...) Z_LIST_232(F, sep, __VA_ARGS__) Z_UNPAREN sep F(232, __VA_ARGS__)
#define Z_LIST_234(F, sep, ...) Z_LIST_233(F, sep, __VA_ARGS__) Z_UNPAREN sep F(233, __VA_ARGS__)
#define Z_LIST_235(F, sep, ...) Z_LIST_234(F, sep, __VA_ARGS__) Z_UNPAREN sep F(234, __VA_ARGS__)
#define Z_LIST_236(F, sep, ...) Z_LIST_235(F, sep, __VA_ARGS__) Z_UNPAREN sep F(235, __VA_ARGS__)
#define Z_LIST_237(F, sep, ...) Z_LIST_236(F, sep, __VA_ARGS__) Z_UNPAREN sep F(236, __VA_ARGS__)
#define Z_LIST_238(F, sep, ...) Z_LIST_237(F, sep, __VA_ARGS__) Z_UNPAREN sep F(237, __VA_ARGS__)
#define Z_LIST_239(F, sep, ...) Z_LIST_238(F, sep, __VA_ARGS__) Z_UNPAREN sep F(238, __VA_ARGS__)
#define Z_LIST_240(F, sep, ...) Z_LIST_239(F, sep, __VA_ARGS__) Z_UNPAREN sep F(239, __VA_ARGS__)
#define Z_LIST_241(F, sep, ...) Z_LIST_240(F, sep, __VA_ARGS__) Z_UNPAREN sep F(240, __VA_ARGS__)
#define Z_LIST_242(F, sep, ...) Z_LIST_241(F, sep, __VA_ARGS__) Z_UNPAREN sep F(241, __VA_ARGS__)
#define Z_LIST_243(F, sep, ...) Z_LIST_242(F, sep, __VA_ARGS__) Z_UNPAREN sep F(242, __VA_ARGS__)
#define Z_LIST_244(F, sep, ...) Z_LIST_243(F, sep, __VA_ARGS__) Z_UNPAREN sep F(243, __VA_ARGS__)
#define Z_LIST_245(F, sep, ...) Z_LIST_244(F, sep, __VA_ARGS__) Z_UNPAREN sep F(244, __VA_ARGS__)
#define Z_LIST_246(F, sep, ...) Z_LIST_245(F, sep, __VA_ARGS__) Z_UNPAREN sep F(245, __VA_ARGS__)
#define Z_LIST_247(F, sep, ...) Z_LIST_246(F, sep, __VA_ARGS__) Z_UNPAREN sep F(246, __VA_ARGS__)
#define Z_LIST_248(F, sep, ...) Z_LIST_247(F, sep, __VA_ARGS__) Z_UNPAREN sep F(247, __VA_ARGS__)
#define Z_LIST_249(F, sep, ...) Z_LIST_248(F, sep, __VA_ARGS__) Z_UNPAREN sep F(248, __VA_ARGS__)
#define Z_LIST_250(F, sep, ...) Z_LIST_249(F, sep, __VA_ARGS__) Z_UNPAREN sep F(249, __VA_ARGS__)
#define Z_LIST_251(F, sep, ...) Z_LIST_250(F, sep, __VA_ARGS__) Z_UNPAREN sep F(250, __VA_ARGS__)
#define Z_LIST_252(F, sep, ...) Z_LIST_251(F, sep, __VA_ARGS__) Z_UNPAREN sep F(251, __VA_ARGS__)
#define Z_LIST_253(F, sep, ...) Z_LIST_252(F, sep, __VA_ARGS__) Z_UNPAREN sep F(252, __VA_ARGS__)
#define Z_LIST_254(F, sep, ...) Z_LIST_253(F, sep, __VA_ARGS__) Z_UNPAREN sep F(253, __VA_ARGS__)
#define Z_LIST_255(F, sep, ...) Z_LIST_254(F, sep, __VA_ARGS__) Z_UNPAREN sep F(254, __VA_ARGS__)
#define Z_LIST_256(F, sep, ...) Z_LIST_255(F, sep, __VA_ARGS__) Z_UNPAREN sep F(255, __VA_ARGS__)
#define Z_LIST_257(F, sep, ...) Z_LIST_256(F, sep, __VA_ARGS__) Z_UNPAREN sep F(256, __VA_ARGS__)
#define Z_LIST_258(F, sep, ...) Z_LIST_257(F, sep, __VA_ARGS__) Z_UNPAREN sep F(257, __VA_ARGS__)
#define Z_LIST_259(F, sep, ...) Z_LIST_258(F, sep, __VA_ARGS__) Z_UNPAREN sep F(258, __VA_ARGS__)
#define Z_LIST_260(F, sep, ...) Z_LIST_259(F, sep, __VA_ARGS__) Z_UNPAREN sep F(259, __VA_ARGS__)
#define Z_LIST_261(F, sep, ...) Z_LIST_260(F, sep, __VA_ARGS__) Z_UNPAREN sep F(260, __VA_ARGS__)
#define Z_LIST_262(F, sep, ...) Z_LIST_261(F, sep, __VA_ARGS__) Z_UNPAREN sep F(261, __VA_ARGS__)
#define Z_LIST_263(F, sep, ...) Z_LIST_262(F, sep, __VA_ARGS__) Z_UNPAREN sep F(262, __VA_ARGS__)
#define Z_LIST_264(F, sep, ...) Z_LIST_263(F, sep, __VA_ARGS__) Z_UNPAREN sep F(263, __VA_ARGS__)
#define Z_LIST_265(F, sep, ...) Z_LIST_264(F, sep, __VA_ARGS__) Z_UNPAREN sep F(264, __VA_ARGS__)
#define Z_LIST_266(F, sep, ...) Z_LIST_265(F, sep, __VA_ARGS__) Z_UNPAREN sep F(265, __VA_ARGS__)
#define Z_LIST_267(F, sep, ...) Z_LIST_266(F, sep, __VA_ARGS__) Z_UNPAREN sep F(266, __VA_ARGS__)
#define Z_LIST_268(F, sep, ...) Z_LIST_267(F, sep, __VA_ARGS__) Z_UNPAREN sep F(267, __VA_ARGS__)
#define Z_LIST_269(F, sep, ...) Z_LIST_268(F, sep, __VA_ARGS__) Z_UNPAREN sep F(268, __VA_ARGS__)
#define Z_LIST_270(F, sep, ...) Z_LIST_269(F, sep, __VA_ARGS__) Z_UNPAREN sep F(269, __VA_ARGS__)
#define Z_LIST_271(F, sep, ...) Z_LIST_270(F, sep, __VA_ARGS__) Z_UNPAREN sep F(270, __VA_ARGS__)
#define Z_LIST_272(F, sep, ...) Z_LIST_271(F, sep, __VA_ARGS__) Z_UNPAREN sep F(271, __VA_ARGS__)
#define Z_LIST_273(F, sep, ...) Z_LIST_272(F, sep, __VA_ARGS__) Z_UNPAREN sep F(272, __VA_ARGS__)
#define Z_LIST_274(F, sep, ...) Z_LIST_273(F, sep, __VA_ARGS__) Z_UNPAREN sep F(273, __VA_ARGS__)
#define Z_LIST_275(F, sep, ...) Z_LIST_274(F, sep, __VA_ARGS__) Z_UNPAREN sep F(274, __VA_ARGS__)
#define Z_LIST_276(F, sep, ...) Z_LIST_275(F, sep, __VA_ARGS__) Z_UNPAREN sep F(275, __VA_ARGS__)
#define Z_LIST_277(F, sep, ...) Z_LIST_276(F, sep, __VA_ARGS__) Z_UNPAREN sep F(276, __VA_ARGS__)
#define Z_LIST_278(F, sep, ...) Z_LIST_277(F, sep, __VA_ARGS__) Z_UNPAREN sep F(277, __VA_ARGS__)
#define Z_LIST_279(F, sep, ...) Z_LIST_278(F, sep, __VA_ARGS__) Z_UNPAREN sep F(278, __VA_ARGS__)
#define Z_LIST_280(F, sep, ...) Z_LIST_279(F, sep, __VA_ARGS__) Z_UNPAREN sep F(279, __VA_ARGS__)
#define Z_LIST_281(F, sep, ...) Z_LIST_280(F, sep, __VA_ARGS__) Z_UNPAREN sep F(280, __VA_ARGS__)
#define Z_LIST_282(F, sep, ...) Z_LIST_281(F, sep, __VA_ARGS__) Z_UNPAREN sep F(281, __VA_ARGS__)
#define Z_LIST_283(F, sep, ...) Z_LIST_282(F, sep, __VA_ARGS__) Z_UNPAREN sep F(282, __VA_ARGS__)
#define Z_LIST_284(F, sep, ...) Z_LIST_283(F, sep, __VA_ARGS__) Z_UNPAREN sep F(283, __VA_ARGS__)
#define Z_LIST_285(F, sep, ...) Z_LIST_284(F, sep, __VA_ARGS__) Z_UNPAREN sep F(284, __VA_ARGS__)
#define Z_LIST_286(F, sep, ...) Z_LIST_285(F, sep, __VA_ARGS__) Z_UNPAREN sep F(285, __VA_ARGS__)
#define Z_LIST_287(F, sep, ...) Z_LIST_286(F, sep, __VA_ARGS__) Z_UNPAREN sep F(286, __VA_ARGS__)
#define Z_LIST_288(F, sep, ...) Z_LIST_287(F, sep, __VA_ARGS__) Z_UNPAREN sep F(287, __VA_ARGS__)
#define Z_LIST_289(F, sep, ...) Z_LIST_288(F, sep, __VA_ARGS__) Z_UNPAREN sep F(288, __VA_ARGS__)
#define Z_LIST_290(F, sep, ...) Z_LIST_289(F, sep, __VA_ARGS__) Z_UNPAREN sep F(289, __VA_ARGS__)
#define Z_LIST_291(F, sep, ...) Z_LIST_290(F, sep, __VA_ARGS__) Z_UNPAREN sep F(290, __VA_ARGS__)
#define Z_LIST_292(F, sep, ...) Z_LIST_291(F, sep, __VA_ARGS__) Z_UNPAREN sep F(291, __VA_ARGS__)
#define Z_LIST_293(F, sep, ...) Z_LIST_292(F, sep, __VA_ARGS__) Z_UNPAREN sep F(292, __VA_ARGS__)
#define Z_LIST_294(F, sep, ...) Z_LIST_293(F, sep, __VA_ARGS__) Z_UNPAREN sep F(293, __VA_ARGS__)
#define Z_LIST_295(F, sep, ...) Z_LIST_294(F, sep, __VA_ARGS__) Z_UNPAREN sep F(294, __VA_ARGS__)
#define Z_LIST_296(F, sep, ...) Z_LIST_295(F, sep, __VA_ARGS__) Z_UNPAREN sep F(295, __VA_ARGS__)
#define Z_LIST_297(F, sep, ...) Z_LIST_296(F, sep, __VA_ARGS__) Z_UNPAREN sep F(296, __VA_ARGS__)
#define Z_LIST_298(F, sep, ...) Z_LIST_297(F, sep, __VA_ARGS__) Z_UNPAREN sep F(297, __VA_ARGS__)
#define Z_LIST_299(F, sep, ...) Z_LIST_298(F, sep, __VA_ARGS__) Z_UNPAREN sep F(298, __VA_ARGS__)
#define Z_LIST_300(F, sep, ...) Z_LIST_299(F, sep, __VA_ARGS__) Z_UNPAREN sep F(299, __VA_ARGS__)
#define Z_LIST_301(F, sep, ...) Z_LIST_300(F, sep, __VA_ARGS__) Z_UNPAREN sep F(300, __VA_ARGS__)
#define Z_LIST_302(F, sep, ...) Z_LIST_301(F, sep, __VA_ARGS__) Z_UNPAREN sep F(301, __VA_ARGS__)
#define Z_LIST_303(F, sep, ...) Z_LIST_302(F, sep, __VA_ARGS__) Z_UNPAREN sep F(302, __VA_ARGS__)
#define Z_LIST_304(F, sep, ...) Z_LIST_303(F, sep, __VA_ARGS__) Z_UNPAREN sep F(303, __VA_ARGS__)
#define Z_LIST_305(F, sep, ...) Z_LIST_304(F, sep, __VA_ARGS__) Z_UNPAREN sep F(304, __VA_ARGS__)
#define Z_LIST_306(F, sep, ...) Z_LIST_305(F, sep, __VA_ARGS__) Z_UNPAREN sep F(305, __VA_ARGS__)
#define Z_LIST_307(F, sep, ...) Z_LIST_306(F, sep, __VA_ARGS__) Z_UNPAREN sep F(306, __VA_ARGS__)
#define Z_LIST_308(F, sep, ...) Z_LIST_307(F, sep, __VA_ARGS__) Z_UNPAREN sep F(307, __VA_ARGS__)
#define Z_LIST_309(F, sep, ...) Z_LIST_308(F, sep, __VA_ARGS__) Z_UNPAREN sep F(308, __VA_ARGS__)
#define Z_LIST_310(F, sep, ...) Z_LIST_309(F, sep, __VA_ARGS__) Z_UNPAREN sep F(309, __VA_ARGS__)
#define Z_LIST_311(F, sep, ...) Z_LIST_310(F, sep, __VA_ARGS__) Z_UNPAREN sep F(310, __VA_ARGS__)
#define Z_LIST_312(F, sep, ...) Z_LIST_311(F, sep, __VA_ARGS__) Z_UNPAREN sep F(311, __VA_ARGS__)
#define Z_LIST_313(F, sep, ...) Z_LIST_312(F, sep, __VA_ARGS__) Z_UNPAREN sep F(312, __VA_ARGS__)
#define Z_LIST_314(F, sep, ...) Z_LIST_313(F, sep, __VA_ARGS__) Z_UNPAREN sep F(313, __VA_ARGS__)
#define Z_LIST_315(F, sep, ...) Z_LIST_314(F, sep, __VA_ARGS__) Z_UNPAREN sep F(314, __VA_ARGS__)
#define Z_LIST_316(F, sep, ...) Z_LIST_315(F, sep, __VA_ARGS__) Z_UNPAREN sep F(315, __VA_ARGS__)
#define Z_LIST_317(F, sep, ...) Z_LIST_316(F, sep, __VA_ARGS__) Z_UNPAREN sep F(316, __VA_ARGS__)
#define Z_LIST_318(F, sep, ...) Z_LIST_317(F, sep, __VA_ARGS__) Z_UNPAREN sep F(317, __VA_ARGS__)
#define Z_LIST_319(F, sep, ...) Z_LIST_318(F, sep, __VA_ARGS__) Z_UNPAREN sep F(318, __VA_ARGS__)
#define Z_LIST_320(F, sep, ...) Z_LIST_319(F, sep, __VA_ARGS__) Z_UNPAREN sep F(319, __VA_ARGS__)
#define Z_LIST_321(F, sep, ...) Z_LIST_320(F, sep, __VA_ARGS__) Z_UNPAREN sep F(320, __VA_ARGS__)
#define Z_LIST_322(F, sep, ...) Z_LIST_321(F, sep, __VA_ARGS__) Z_UNPAREN sep F(321, __VA_ARGS__)
#define Z_LIST_323(F, sep, ...) Z_LIST_322(F, sep, __VA_ARGS__) Z_UNPAREN sep F(322, __VA_ARGS__)
#define Z_LIST_324(F, sep, ...) Z_LIST_323(F, sep, __VA_ARGS__) Z_UNPAREN sep F(323, __VA_ARGS__)
#define Z_LIST_325(F, sep, ...) Z_LIST_324(F, sep, __VA_ARGS__) Z_UNPAREN sep F(324, __VA_ARGS__)
#define Z_LIST_326(F, sep, ...) Z_LIST_325(F, sep, __VA_ARGS__) Z_UNPAREN sep F(325, __VA_ARGS__)
#define Z_LIST_327(F, sep, ...) Z_LIST_326(F, sep, __VA_ARGS__) Z_UNPAREN sep F(326, __VA_ARGS__)
#define Z_LIST_328(F, sep, ...) Z_LIST_327(F, sep, __VA_ARGS__) Z_UNPAREN sep F(327, __VA_ARGS__)
#define Z_LIST_329(F, sep, ...) Z_LIST_328(F, sep, __VA_ARGS__) Z_UNPAREN sep F(328, __VA_ARGS__)
#define Z_LIST_330(F, sep, ...) Z_LIST_329(F, sep, __VA_ARGS__) Z_UNPAREN sep F(329, __VA_ARGS__)
#define Z_LIST_331(F, sep, ...) Z_LIST_330(F, sep, __VA_ARGS__) Z_UNPAREN sep F(330, __VA_ARGS__)
#define Z_LIST_332(F, sep, ...) Z_LIST_331(F, sep, __VA_ARGS__) Z_UNPAREN sep F(331, __VA_ARGS__)
#define Z_LIST_333(F, sep, ...) Z_LIST_332(F, sep, __VA_ARGS__) Z_UNPAREN sep F(332, __VA_ARGS__)
#define Z_LIST_334(F, sep, ...) Z_LIST_333(F, sep, __VA_ARGS__) Z_UNPAREN sep F(333, __VA_ARGS__)
#define Z_LIST_335(F, sep, ...) Z_LIST_334(F, sep, __VA_ARGS__) Z_UNPAREN sep F(334, __VA_ARGS__)
#define Z_LIST_336(F, sep, ...) Z_LIST_335(F, sep, __VA_ARGS__) Z_UNPAREN sep F(335, __VA_ARGS__)
#define Z_LIST_337(F, sep, ...) Z_LIST_336(F, sep, __VA_ARGS__) Z_UNPAREN sep F(336, __VA_ARGS__)
#define Z_LIST_338(F, sep, ...) Z_LIST_337(F, sep, __VA_ARGS__) Z_UNPAREN sep F(337, __VA_ARGS__)
#define Z_LIST_339(F, sep, ...) Z_LIST_338(F, sep, __VA_ARGS__) Z_UNPAREN sep F(338, __VA_ARGS__)
#define Z_LIST_340(F, sep, ...) Z_LIST_339(F, sep, __VA_ARGS__) Z_UNPAREN sep F(339, __VA_ARGS__)
#define Z_LIST_341(F, sep, ...) Z_LIST_340(F, sep, __VA_ARGS__) Z_UNPAREN sep F(340, __VA_ARGS__)
#define Z_LIST_342(F, sep, ...) Z_LIST_341(F, sep, __VA_ARGS__) Z_UNPAREN sep F(341, __VA_ARGS__)
#define Z_LIST_343(F, sep, ...) Z_LIST_342(F, sep, __VA_ARGS__) Z_UNPAREN sep F(342, __VA_ARGS__)
#define Z_LIST_344(F, sep, ...) Z_LIST_343(F, sep, __VA_ARGS__) Z_UNPAREN sep F(343, __VA_ARGS__)
#define Z_LIST_345(F, sep, ...) Z_LIST_344(F, sep, __VA_ARGS__) Z_UNPAREN sep F(344, __VA_ARGS__)
#define Z_LIST_346(F, sep, ...) Z_LIST_345(F, sep, __VA_ARGS__) Z_UNPAREN sep F(345, __VA_ARGS__)
#define Z_LIST_347(F, sep, ...) Z_LIST_346(F, sep, __VA_ARGS__) Z_UNPAREN sep F(346, __VA_ARGS__)
#define Z_LIST_348(F, sep, ...) Z_LIST_347(F, sep, __VA_ARGS__) Z_UNPAREN sep F(347, __VA_ARGS__)
#define Z_LIST_349(F, sep, ...) Z_LIST_348(F, sep, __VA_ARGS__) Z_UNPAREN sep F(348, __VA_ARGS__)
#define Z_LIST_350(F, sep, ...) Z_LIST_349(F, sep, __VA_ARGS__) Z_UNPAREN sep F(349, __VA_ARGS__)
#define Z_LIST_351(F, sep, ...) Z_LIST_350(F, sep, __VA_ARGS__) Z_UNPAREN sep F(350, __VA_ARGS__)
#define Z_LIST_352(F, sep, ...) Z_LIST_351(F, sep, __VA_ARGS__) Z_UNPAREN sep F(351, __VA_ARGS__)
#define Z_LIST_353(F, sep, ...) Z_LIST_352(F, sep, __VA_ARGS__) Z_UNPAREN sep F(352, __VA_ARGS__)
#define Z_LIST_354(F, sep, ...) Z_LIST_353(F, sep, __VA_ARGS__) Z_UNPAREN sep F(353, __VA_ARGS__)
#define Z_LIST_355(F, sep, ...) Z_LIST_354(F, sep, __VA_ARGS__) Z_UNPAREN sep F(354, __VA_ARGS__)
#define Z_LIST_356(F, sep, ...) Z_LIST_355(F, sep, __VA_ARGS__) Z_UNPAREN sep F(355, __VA_ARGS__)
#define Z_LIST_357(F, sep, ...) Z_LIST_356(F, sep, __VA_ARGS__) Z_UNPAREN sep F(356, __VA_ARGS__)
#define Z_LIST_358(F, sep, ...) Z_LIST_357(F, sep, __VA_ARGS__) Z_UNPAREN sep F(357, __VA_ARGS__)
#define Z_LIST_359(F, sep, ...) Z_LIST_358(F, sep, __VA_ARGS__) Z_UNPAREN sep F(358, __VA_ARGS__)
#define Z_LIST_360(F, sep, ...) Z_LIST_359(F, sep, __VA_ARGS__) Z_UNPAREN sep F(359, __VA_ARGS__)
#define Z_LIST_361(F, sep, ...) Z_LIST_360(F, sep, __VA_ARGS__) Z_UNPAREN sep F(360, __VA_ARGS__)
#define Z_LIST_362(F, sep, ...) Z_LIST_361(F, sep, __VA_ARGS__) Z_UNPAREN sep F(361, __VA_ARGS__)
#define Z_LIST_363(F, sep, ...) Z_LIST_362(F, sep, __VA_ARGS__) Z_UNPAREN sep F(362, __VA_ARGS__)
#define Z_LIST_364(F, sep, ...) Z_LIST_363(F, sep, __VA_ARGS__) Z_UNPAREN sep F(363, __VA_ARGS__)
#define Z_LIST_365(F, sep, ...) Z_LIST_364(F, sep, __VA_ARGS__) Z_UNPAREN sep F(364, __VA_ARGS__)
#define Z_LIST_366(F, sep, ...) Z_LIST_365(F, sep, __VA_ARGS__) Z_UNPAREN sep F(365, __VA_ARGS__)
#define Z_LIST_367(F, sep, ...) Z_LIST_366(F, sep, __VA_ARGS__) Z_UNPAREN sep F(366, __VA_ARGS__)
#define Z_LIST_368(F, sep, ...) Z_LIST_367(F, sep, __VA_ARGS__) Z_UNPAREN sep F(367, __VA_ARGS__)
#define Z_LIST_369(F, sep, ...) Z_LIST_368(F, sep, __VA_ARGS__) Z_UNPAREN sep F(368, __VA_ARGS__)
#define Z_LIST_370(F, sep, ...) Z_LIST_369(F, sep, __VA_ARGS__) Z_UNPAREN sep F(369, __VA_ARGS__)
#define Z_LIST_371(F, sep, ...) Z_LIST_370(F, sep, __VA_ARGS__) Z_UNPAREN sep F(370, __VA_ARGS__)
#define Z_LIST_372(F, sep, ...) Z_LIST_371(F, sep, __VA_ARGS__) Z_UNPAREN sep F(371, __VA_ARGS__)
#define Z_LIST_373(F, sep, ...) Z_LIST_372(F, sep, __VA_ARGS__) Z_UNPAREN sep F(372, __VA_ARGS__)
#define Z_LIST_374(F, sep, ...) Z_LIST_373(F, sep, __VA_ARGS__) Z_UNPAREN sep F(373, __VA_ARGS__)
#define Z_LIST_375(F, sep, ...) Z_LIST_374(F, sep, __VA_ARGS__) Z_UNPAREN sep F(374, __VA_ARGS__)
#define Z_LIST_376(F, sep, ...) Z_LIST_375(F, sep, __VA_ARGS__) Z_UNPAREN sep F(375, __VA_ARGS__)
#define Z_LIST_377(F, sep, ...) Z_LIST_376(F, sep, __VA_ARGS__) Z_UNPAREN sep F(376, __VA_ARGS__)
#define Z_LIST_378(F, sep, ...) Z_LIST_377(F, sep, __VA_ARGS__) Z_UNPAREN sep F(377, __VA_ARGS__)
#define Z_LIST_379(F, sep, ...) Z_LIST_378(F, sep, __VA_ARGS__) Z_UNPAREN sep F(378, __VA_ARGS__)
#define Z_LIST_380(F, sep, ...) Z_LIST_379(F, sep, __VA_ARGS__) Z_UNPAREN sep F(379, __VA_ARGS__)
#define Z_LIST_381(F, sep, ...) Z_LIST_380(F, sep, __VA_ARGS__) Z_UNPAREN sep F(380, __VA_ARGS__)
#define Z_LIST_382(F, sep, ...) Z_LIST_381(F, sep, __VA_ARGS__) Z_UNPAREN sep F(381, __VA_ARGS__)
#define Z_LIST_383(F, sep, ...) Z_LIST_382(F, sep, __VA_ARGS__) Z_UNPAREN sep F(382, __VA_ARGS__)
#define Z_LIST_384(F, sep, ...) Z_LIST_383(F, sep, __VA_ARGS__) Z_UNPAREN sep F(383, __VA_ARGS__)
#define Z_LIST_385(F, sep, ...) Z_LIST_384(F, sep, __VA_ARGS__) Z_UNPAREN sep F(384, __VA_ARGS__)
#define Z_LIST_386(F, sep, ...) Z_LIST_385(F, sep, __VA_ARGS__) Z_UNPAREN sep F(385, __VA_ARGS__)
#define Z_LIST_387(F, sep, ...) Z_LIST_386(F, sep, __VA_ARGS__) Z_UNPAREN sep F(386, __VA_ARGS__)
#define Z_LIST_388(F, sep, ...) Z_LIST_387(F, sep, __VA_ARGS__) Z_UNPAREN sep F(387, __VA_ARGS__)
#define Z_LIST_389(F, sep, ...) Z_LIST_388(F, sep, __VA_ARGS__) Z_UNPAREN sep F(388, __VA_ARGS__)
#define Z_LIST_390(F, sep, ...) Z_LIST_389(F, sep, __VA_ARGS__) Z_UNPAREN sep F(389, __VA_ARGS__)
#define Z_LIST_391(F, sep, ...) Z_LIST_390(F, sep, __VA_ARGS__) Z_UNPAREN sep F(390, __VA_ARGS__)
#define Z_LIST_392(F, sep, ...) Z_LIST_391(F, sep, __VA_ARGS__) Z_UNPAREN sep F(391, __VA_ARGS__)
#define Z_LIST_393(F, sep, ...) Z_LIST_392(F, sep, __VA_ARGS__) Z_UNPAREN sep F(392, __VA_ARGS__)
#define Z_LIST_394(F, sep, ...) Z_LIST_393(F, sep, __VA_ARGS__) Z_UNPAREN sep F(393, __VA_ARGS__)
#define Z_LIST_395(F, sep, ...) Z_LIST_394(F, sep, __VA_ARGS__) Z_UNPAREN sep F(394, __VA_ARGS__)
#define Z_LIST_396(F, sep, ...) Z_LIST_395(F, sep, __VA_ARGS__) Z_UNPAREN sep F(395, __VA_ARGS__)
#define Z_LIST_397(F, sep, ...) Z_LIST_396(F, sep, __VA_ARGS__) Z_UNPAREN sep F(396, __VA_ARGS__)
#define Z_LIST_398(F, sep, ...) Z_LIST_397(F, sep, __VA_ARGS__) Z_UNPAREN sep F(397, __VA_ARGS__)
#define Z_LIST_399(F, sep, ...) Z_LIST_398(F, sep, __VA_ARGS__) Z_UNPAREN sep F(398, __VA_ARGS__)
#define Z_LIST_400(F, sep, ...) Z_LIST_399(F, sep, __VA_ARGS__) Z_UNPAREN sep F(399, __VA_ARGS__)
#define Z_LIST_401(F, sep, ...) Z_LIST_400(F, sep, __VA_ARGS__) Z_UNPAREN sep F(400, __VA_ARGS__)
#define Z_LIST_402(F, sep, ...) Z_LIST_401(F, sep, __VA_ARGS__) Z_UNPAREN sep F(401, __VA_ARGS__)
#define Z_LIST_403(F, sep, ...) Z_LIST_402(F, sep, __VA_ARGS__) Z_UNPAREN sep F(402, __VA_ARGS__)
#define Z_LIST_404(F, sep, ...) Z_LIST_403(F, sep, __VA_ARGS__) Z_UNPAREN sep F(403, __VA_ARGS__)
#define Z_LIST_405(F, sep, ...) Z_LIST_404(F, sep, __VA_ARGS__) Z_UNPAREN sep F(404, __VA_ARGS__)
#define Z_LIST_406(F, sep, ...) Z_LIST_405(F, sep, __VA_ARGS__) Z_UNPAREN sep F(405, __VA_ARGS__)
#define Z_LIST_407(F, sep, ...) Z_LIST_406(F, sep, __VA_ARGS__) Z_UNPAREN sep F(406, __VA_ARGS__)
#define Z_LIST_408(F, sep, ...) Z_LIST_407(F, sep, __VA_ARGS__) Z_UNPAREN sep F(407, __VA_ARGS__)
#define Z_LIST_409(F, sep, ...) Z_LIST_408(F, sep, __VA_ARGS__) Z_UNPAREN sep F(408, __VA_ARGS__)
#define Z_LIST_410(F, sep, ...) Z_LIST_409(F, sep, __VA_ARGS__) Z_UNPAREN sep F(409, __VA_ARGS__)
#define Z_LIST_411(F, sep, ...) Z_LIST_410(F, sep, __VA_ARGS__) Z_UNPAREN sep F(410, __VA_ARGS__)
#define Z_LIST_412(F, sep, ...) Z_LIST_411(F, sep, __VA_ARGS__) Z_UNPAREN sep F(411, __VA_ARGS__)
#define Z_LIST_413(F, sep, ...) Z_LIST_412(F, sep, __VA_ARGS__) Z_UNPAREN sep F(412, __VA_ARGS__)
#define Z_LIST_414(F, sep, ...) Z_LIST_413(F, sep, __VA_ARGS__) Z_UNPAREN sep F(413, __VA_ARGS__)
#define Z_LIST_415(F, sep, ...) Z_LIST_414(F, sep, __VA_ARGS__) Z_UNPAREN sep F(414, __VA_ARGS__)
#define Z_LIST_416(F, sep, ...) Z_LIST_415(F, sep, __VA_ARGS__) Z_UNPAREN sep F(415, __VA_ARGS__)
#define Z_LIST_417(F, sep, ...) Z_LIST_416(F, sep, __VA_ARGS__) Z_UNPAREN sep F(416, __VA_ARGS__)
#define Z_LIST_418(F, sep, ...) Z_LIST_417(F, sep, __VA_ARGS__) Z_UNPAREN sep F(417, __VA_ARGS__)
#define Z_LIST_419(F, sep, ...) Z_LIST_418(F, sep, __VA_ARGS__) Z_UNPAREN sep F(418, __VA_ARGS__)
#define Z_LIST_420(F, sep, ...) Z_LIST_419(F, sep, __VA_ARGS__) Z_UNPAREN sep F(419, __VA_ARGS__)
#define Z_LIST_421(F, sep, ...) Z_LIST_420(F, sep, __VA_ARGS__) Z_UNPAREN sep F(420, __VA_ARGS__)
#define Z_LIST_422(F, sep, ...) Z_LIST_421(F, sep, __VA_ARGS__) Z_UNPAREN sep F(421, __VA_ARGS__)
#define Z_LIST_423(F, sep, ...) Z_LIST_422(F, sep, __VA_ARGS__) Z_UNPAREN sep F(422, __VA_ARGS__)
#define Z_LIST_424(F, sep, ...) Z_LIST_423(F, sep, __VA_ARGS__) Z_UNPAREN sep F(423, __VA_ARGS__)
#define Z_LIST_425(F, sep, ...) Z_LIST_424(F, sep, __VA_ARGS__) Z_UNPAREN sep F(424, __VA_ARGS__)
#define Z_LIST_426(F, sep, ...) Z_LIST_425(F, sep, __VA_ARGS__) Z_UNPAREN sep F(425, __VA_ARGS__)
#define Z_LIST_427(F, sep, ...) Z_LIST_426(F, sep, __VA_ARGS__) Z_UNPAREN sep F(426, __VA_ARGS__)
#define Z_LIST_428(F, sep, ...) Z_LIST_427(F, sep, __VA_ARGS__) Z_UNPAREN sep F(427, __VA_ARGS__)
#define Z_LIST_429(F, sep, ...) Z_LIST_428(F, sep, __VA_ARGS__) Z_UNPAREN sep F(428, __VA_ARGS__)
#define Z_LIST_430(F, sep, ...) Z_LIST_429(F, sep, __VA_ARGS__) Z_UNPAREN sep F(429, __VA_ARGS__)
#define Z_LIST_431(F, sep, ...) Z_LIST_430(F, sep, __VA_ARGS__) Z_UNPAREN sep F(430, __VA_ARGS__)
#define Z_LIST_432(F, sep, ...) Z_LIST_431(F, sep, __VA_ARGS__) Z_UNPAREN sep F(431, __VA_ARGS__)
#define Z_LIST_433(F, sep, ...) Z_LIST_432(F, sep, __VA_ARGS__) Z_UNPAREN sep F(432, __VA_ARGS__)
#define Z_LIST_434(F, sep, ...) Z_LIST_433(F, sep, __VA_ARGS__) Z_UNPAREN sep F(433, __VA_ARGS__)
#define Z_LIST_435(F, sep, ...) Z_LIST_434(F, sep, __VA_ARGS__) Z_UNPAREN sep F(434, __VA_ARGS__)
#define Z_LIST_436(F, sep, ...) Z_LIST_435(F, sep, __VA_ARGS__) Z_UNPAREN sep F(435, __VA_ARGS__)
#define Z_LIST_437(F, sep, ...) Z_LIST_436(F, sep, __VA_ARGS__) Z_UNPAREN sep F(436, __VA_ARGS__)
#define Z_LIST_438(F, sep, ...) Z_LIST_437(F, sep, __VA_ARGS__) Z_UNPAREN sep F(437, __VA_ARGS__)
#define Z_LIST_439(F, sep, ...) Z_LIST_438(F, sep, __VA_ARGS__) Z_UNPAREN sep F(438, __VA_ARGS__)
#define Z_LIST_440(F, sep, ...) Z_LIST_439(F, sep, __VA_ARGS__) Z_UNPAREN sep F(439, __VA_ARGS__)
#define Z_LIST_441(F, sep, ...) Z_LIST_440(F, sep, __VA_ARGS__) Z_UNPAREN sep F(440, __VA_ARGS__)
#define Z_LIST_442(F, sep, ...) Z_LIST_441(F, sep, __VA_ARGS__) Z_UNPAREN sep F(441, __VA_ARGS__)
#define Z_LIST_443(F, sep, ...) Z_LIST_442(F, sep, __VA_ARGS__) Z_UNPAREN sep F(442, __VA_ARGS__)
#define Z_LIST_444(F, sep, ...) Z_LIST_443(F, sep, __VA_ARGS__) Z_UNPAREN sep F(443, __VA_ARGS__)
#define Z_LIST_445(F, sep, ...) Z_LIST_444(F, sep, __VA_ARGS__) Z_UNPAREN sep F(444, __VA_ARGS__)
#define Z_LIST_446(F, sep, ...) Z_LIST_445(F, sep, __VA_ARGS__) Z_UNPAREN sep F(445, __VA_ARGS__)
#define Z_LIST_447(F, sep, ...) Z_LIST_446(F, sep, __VA_ARGS__) Z_UNPAREN sep F(446, __VA_ARGS__)
#define Z_LIST_448(F, sep, ...) Z_LIST_447(F, sep, __VA_ARGS__) Z_UNPAREN sep F(447, __VA_ARGS__)
#define Z_LIST_449(F, sep, ...) Z_LIST_448(F, sep, __VA_ARGS__) Z_UNPAREN sep F(448, __VA_ARGS__)
#define Z_LIST_450(F, sep, ...) Z_LIST_449(F, sep, __VA_ARGS__) Z_UNPAREN sep F(449, __VA_ARGS__)
#define Z_LIST_451(F, sep, ...) Z_LIST_450(F, sep, __VA_ARGS__) Z_UNPAREN sep F(450, __VA_ARGS__)
#define Z_LIST_452(F, sep, ...) Z_LIST_451(F, sep, __VA_ARGS__) Z_UNPAREN sep F(451, __VA_ARGS__)
#define Z_LIST_453(F, sep, ...) Z_LIST_452(F, sep, __VA_ARGS__) Z_UNPAREN sep F(452, __VA_ARGS__)
#define Z_LIST_454(F, sep, ...) Z_LIST_453(F, sep, __VA_ARGS__) Z_UNPAREN sep F(453, __VA_ARGS__)
#define Z_LIST_455(F, sep, ...) Z_LIST_454(F, sep, __VA_ARGS__) Z_UNPAREN sep F(454, __VA_ARGS__)
#define Z_LIST_456(F, sep, ...) Z_LIST_455(F, sep, __VA_ARGS__) Z_UNPAREN sep F(455, __VA_ARGS__)
#define Z_LIST_457(F, sep, ...) Z_LIST_456(F, sep, __VA_ARGS__) Z_UNPAREN sep F(456, __VA_ARGS__)
#define Z_LIST_458(F, sep, ...) Z_LIST_457(F, sep, __VA_ARGS__) Z_UNPAREN sep F(457, __VA_ARGS__)
#define Z_LIST_459(F, sep, ...) Z_LIST_458(F, sep, __VA_ARGS__) Z_UNPAREN sep F(458, __VA_ARGS__)
#define Z_LIST_460(F, sep, ...) Z_LIST_459(F, sep, __VA_ARGS__) Z_UNPAREN sep F(459, __VA_ARGS__)
#define Z_LIST_461(F, sep, ...) Z_LIST_460(F, sep, __VA_ARGS__) Z_UNPAREN sep F(460, __VA_ARGS__)
#define Z_LIST_462(F, sep, ...) Z_LIST_461(F, sep, __VA_ARGS__) Z_UNPAREN sep F(461, __VA_ARGS__)
#define Z_LIST_463(F, sep, ...) Z_LIST_462(F, sep, __VA_ARGS__) Z_UNPAREN sep F(462, __VA_ARGS__)
#define Z_LIST_464(F, sep, ...) Z_LIST_463(F, sep, __VA_ARGS__) Z_UNPAREN sep F(463, __VA_ARGS__)
#define Z_LIST_465(F, sep, ...) Z_LIST_464(F, sep, __VA_ARGS__) Z_UNPAREN sep F(464, __VA_ARGS__)
#define Z_LIST_466(F, sep, ...) Z_LIST_465(F, sep, __VA_ARGS__) Z_UNPAREN sep F(465, __VA_ARGS__)
#define Z_LIST_467(F, sep, ...) Z_LIST_466(F, sep, __VA_ARGS__) Z_UNPAREN sep F(466, __VA_ARGS__)
#define Z_LIST_468(F, sep, ...) Z_LIST_467(F, sep, __VA_ARGS__) Z_UNPAREN sep F(467, __VA_ARGS__)
#define Z_LIST_469(F, sep, ...) Z_LIST_468(F, sep, __VA_ARGS__) Z_UNPAREN sep F(468, __VA_ARGS__)
#define Z_LIST_470(F, sep, ...) Z_LIST_469(F, sep, __VA_ARGS__) Z_UNPAREN sep F(469, __VA_ARGS__)
#define Z_LIST_471(F, sep, ...) Z_LIST_470(F, sep, __VA_ARGS__) Z_UNPAREN sep F(470, __VA_ARGS__)
#define Z_LIST_472(F, sep, ...) Z_LIST_471(F, sep, __VA_ARGS__) Z_UNPAREN sep F(471, __VA_ARGS__)
#define Z_LIST_473(F, sep, ...) Z_LIST_472(F, sep, __VA_ARGS__) Z_UNPAREN sep F(472, __VA_ARGS__)
#define Z_LIST_474(F, sep, ...) Z_LIST_473(F, sep, __VA_ARGS__) Z_UNPAREN sep F(473, __VA_ARGS__)
#define Z_LIST_475(F, sep, ...) Z_LIST_474(F, sep, __VA_ARGS__) Z_UNPAREN sep F(474, __VA_ARGS__)
#define Z_LIST_476(F, sep, ...) Z_LIST_475(F, sep, __VA_ARGS__) Z_UNPAREN sep F(475, __VA_ARGS__)
#define Z_LIST_477(F, sep, ...) Z_LIST_476(F, sep, __VA_ARGS__) Z_UNPAREN sep F(476, __VA_ARGS__)
#define Z_LIST_478(F, sep, ...) Z_LIST_477(F, sep, __VA_ARGS__) Z_UNPAREN sep F(477, __VA_ARGS__)
#define Z_LIST_479(F, sep, ...) Z_LIST_478(F, sep, __VA_ARGS__) Z_UNPAREN sep F(478, __VA_ARGS__)
#define Z_LIST_480(F, sep, ...) Z_LIST_479(F, sep, __VA_ARGS__) Z_UNPAREN sep F(479, __VA_ARGS__)
#define Z_LIST_481(F, sep, ...) Z_LIST_480(F, sep, __VA_ARGS__) Z_UNPAREN sep F(480, __VA_ARGS__)
#define Z_LIST_482(F, sep, ...) Z_LIST_481(F, sep, __VA_ARGS__) Z_UNPAREN sep F(481, __VA_ARGS__)
#define Z_LIST_483(F, sep, ...) Z_LIST_482(F, sep, __VA_ARGS__) Z_UNPAREN sep F(482, __VA_ARGS__)
#define Z_LIST_484(F, sep, ...) Z_LIST_483(F, sep, __VA_ARGS__) Z_UNPAREN sep F(483, __VA_ARGS__)
#define Z_LIST_485(F, sep, ...) Z_LIST_484(F, sep, __VA_ARGS__) Z_UNPAREN sep F(484, __VA_ARGS__)
#define Z_LIST_486(F, sep, ...) Z_LIST_485(F, sep, __VA_ARGS__) Z_UNPAREN sep F(485, __VA_ARGS__)
#define Z_LIST_487(F, sep, ...) Z_LIST_486(F, sep, __VA_ARGS__) Z_UNPAREN sep F(486, __VA_ARGS__)
#define Z_LIST_488(F, sep, ...) Z_LIST_487(F, sep, __VA_ARGS__) Z_UNPAREN sep F(487, __VA_ARGS__)
#define Z_LIST_489(F, sep, ...) Z_LIST_488(F, sep, __VA_ARGS__) Z_UNPAREN sep F(488, __VA_ARGS__)
#define Z_LIST_490(F, sep, ...) Z_LIST_489(F, sep, __VA_ARGS__) Z_UNPAREN sep F(489, __VA_ARGS__)
#define Z_LIST_491(F, sep, ...) Z_LIST_490(F, sep, __VA_ARGS__) Z_UNPAREN sep F(490, __VA_ARGS__)
#define Z_LIST_492(F, sep, ...) Z_LIST_491(F, sep, __VA_ARGS__) Z_UNPAREN sep F(491, __VA_ARGS__)
#define Z_LIST_493(F, sep, ...) Z_LIST_492(F, sep, __VA_ARGS__) Z_UNPAREN sep F(492, __VA_ARGS__)
#define Z_LIST_494(F, sep, ...) Z_LIST_493(F, sep, __VA_ARGS__) Z_UNPAREN sep F(493, __VA_ARGS__)
#define Z_LIST_495(F, sep, ...) Z_LIST_494(F, sep, __VA_ARGS__) Z_UNPAREN sep F(494, __VA_ARGS__)
#define Z_LIST_496(F, sep, ...) Z_LIST_495(F, sep, __VA_ARGS__) Z_UNPAREN sep F(495, __VA_ARGS__)
#define Z_LIST_497(F, sep, ...) Z_LIST_496(F, sep, __VA_ARGS__) Z_UNPAREN sep F(496, __VA_ARGS__)
#define Z_LIST_498(F, sep, ...) Z_LIST_497(F, sep, __VA_ARGS__) Z_UNPAREN sep F(497, __VA_ARGS__)
#define Z_LIST_499(F, sep, ...) Z_LIST_498(F, sep, __VA_ARGS__) Z_UNPAREN sep F(498, __VA_ARGS__)
#define Z_LIST_500(F, sep, ...) Z_LIST_499(F, sep, __VA_ARGS__) Z_UNPAREN sep F(499, __VA_ARGS__)
#define Z_LIST_501(F, sep, ...) Z_LIST_500(F, sep, __VA_ARGS__) Z_UNPAREN sep F(500, __VA_ARGS__)
#define Z_LIST_502(F, sep, ...) Z_LIST_501(F, sep, __VA_ARGS__) Z_UNPAREN sep F(501, __VA_ARGS__)
#define Z_LIST_503(F, sep, ...) Z_LIST_502(F, sep, __VA_ARGS__) Z_UNPAREN sep F(502, __VA_ARGS__)
#define Z_LIST_504(F, sep, ...) Z_LIST_503(F, sep, __VA_ARGS__) Z_UNPAREN sep F(503, __VA_ARGS__)
#define Z_LIST_505(F, sep, ...) Z_LIST_504(F, sep, __VA_ARGS__) Z_UNPAREN sep F(504, __VA_ARGS__)
#define Z_LIST_506(F, sep, ...) Z_LIST_505(F, sep, __VA_ARGS__) Z_UNPAREN sep F(505, __VA_ARGS__)
#define Z_LIST_507(F, sep, ...) Z_LIST_506(F, sep, __VA_ARGS__) Z_UNPAREN sep F(506, __VA_ARGS__)
#define Z_LIST_508(F, sep, ...) Z_LIST_507(F, sep, __VA_ARGS__) Z_UNPAREN sep F(507, __VA_ARGS__)
#define Z_LIST_509(F, sep, ...) Z_LIST_508(F, sep, __VA_ARGS__) Z_UNPAREN sep F(508, __VA_ARGS__)
#define Z_LIST_510(F, sep, ...) Z_LIST_509(F, sep, __VA_ARGS__) Z_UNPAREN sep F(509, __VA_ARGS__)
#define Z_LIST_511(F, sep, ...) Z_LIST_510(F, sep, __VA_ARGS__) Z_UNPAREN sep F(510, __VA_ARGS__)
#define Z_LIST_512(F, sep, ...) Z_LIST_511(F, sep, __VA_ARGS__) Z_UNPAREN sep F(511, __VA_ARGS__)

/* Counting, picking, turning round. */
#define Z_COUNT(...) Z_COUNT_AT(__VA_ARGS__, 64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define Z_COUNT_AT(_0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, _23, _24, _25, _26, _27, _28, _29, _30, _31, _32, _33, _34, _35, _36, _37, _38, _39, _40, _41, _42, _43, _44, _45, _46, _47, _48, _49, _50, _51, _52, _53, _54, _55, _56, _57, _58, _59, _60, _61, _62, _63, n, ...) n
#define Z_ARG_1(a, ...) a
#define Z_REST_0(...) __VA_ARGS__
#define Z_REST_1(a, ...) __VA_ARGS__
#define Z_REVERSE_0(...)
#define Z_REVERSE_1(a, ...) a
#define Z_MAP_CAT_0(F, ...)
#define Z_MAP_CAT_1(F, a, ...) F(a)
#define Z_ARG_2(a, ...) Z_ARG_1(__VA_ARGS__)
#define Z_REST_2(a, ...) Z_REST_1(__VA_ARGS__)
#define Z_REVERSE_2(a, ...) Z_REVERSE_1(__VA_ARGS__), a
#define Z_MAP_CAT_2(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_1(F, __VA_ARGS__))
#define Z_ARG_3(a, ...) Z_ARG_2(__VA_ARGS__)
#define Z_REST_3(a, ...) Z_REST_2(__VA_ARGS__)
#define Z_REVERSE_3(a, ...) Z_REVERSE_2(__VA_ARGS__), a
#define Z_MAP_CAT_3(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_2(F, __VA_ARGS__))
#define Z_ARG_4(a, ...) Z_ARG_3(__VA_ARGS__)
#define Z_REST_4(a, ...) Z_REST_3(__VA_ARGS__)
#define Z_REVERSE_4(a, ...) Z_REVERSE_3(__VA_ARGS__), a
#define Z_MAP_CAT_4(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_3(F, __VA_ARGS__))
#define Z_ARG_5(a, ...) Z_ARG_4(__VA_ARGS__)
#define Z_REST_5(a, ...) Z_REST_4(__VA_ARGS__)
#define Z_REVERSE_5(a, ...) Z_REVERSE_4(__VA_ARGS__), a
#define Z_MAP_CAT_5(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_4(F, __VA_ARGS__))
#define Z_ARG_6(a, ...) Z_ARG_5(__VA_ARGS__)
#define Z_REST_6(a, ...) Z_REST_5(__VA_ARGS__)
#define Z_REVERSE_6(a, ...) Z_REVERSE_5(__VA_ARGS__), a
#define Z_MAP_CAT_6(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_5(F, __VA_ARGS__))
#define Z_ARG_7(a, ...) Z_ARG_6(__VA_ARGS__)
#define Z_REST_7(a, ...) Z_REST_6(__VA_ARGS__)
#define Z_REVERSE_7(a, ...) Z_REVERSE_6(__VA_ARGS__), a
#define Z_MAP_CAT_7(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_6(F, __VA_ARGS__))
#define Z_ARG_8(a, ...) Z_ARG_7(__VA_ARGS__)
#define Z_REST_8(a, ...) Z_REST_7(__VA_ARGS__)
#define Z_REVERSE_8(a, ...) Z_REVERSE_7(__VA_ARGS__), a
#define Z_MAP_CAT_8(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_7(F, __VA_ARGS__))
#define Z_ARG_9(a, ...) Z_ARG_8(__VA_ARGS__)
#define Z_REST_9(a, ...) Z_REST_8(__VA_ARGS__)
#define Z_REVERSE_9(a, ...) Z_REVERSE_8(__VA_ARGS__), a
#define Z_MAP_CAT_9(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_8(F, __VA_ARGS__))
#define Z_ARG_10(a, ...) Z_ARG_9(__VA_ARGS__)
#define Z_REST_10(a, ...) Z_REST_9(__VA_ARGS__)
#define Z_REVERSE_10(a, ...) Z_REVERSE_9(__VA_ARGS__), a
#define Z_MAP_CAT_10(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_9(F, __VA_ARGS__))
#define Z_ARG_11(a, ...) Z_ARG_10(__VA_ARGS__)
#define Z_REST_11(a, ...) Z_REST_10(__VA_ARGS__)
#define Z_REVERSE_11(a, ...) Z_REVERSE_10(__VA_ARGS__), a
#define Z_MAP_CAT_11(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_10(F, __VA_ARGS__))
#define Z_ARG_12(a, ...) Z_ARG_11(__VA_ARGS__)
#define Z_REST_12(a, ...) Z_REST_11(__VA_ARGS__)
#define Z_REVERSE_12(a, ...) Z_REVERSE_11(__VA_ARGS__), a
#define Z_MAP_CAT_12(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_11(F, __VA_ARGS__))
#define Z_ARG_13(a, ...) Z_ARG_12(__VA_ARGS__)
#define Z_REST_13(a, ...) Z_REST_12(__VA_ARGS__)
#define Z_REVERSE_13(a, ...) Z_REVERSE_12(__VA_ARGS__), a
#define Z_MAP_CAT_13(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_12(F, __VA_ARGS__))
#define Z_ARG_14(a, ...) Z_ARG_13(__VA_ARGS__)
#define Z_REST_14(a, ...) Z_REST_13(__VA_ARGS__)
#define Z_REVERSE_14(a, ...) Z_REVERSE_13(__VA_ARGS__), a
#define Z_MAP_CAT_14(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_13(F, __VA_ARGS__))
#define Z_ARG_15(a, ...) Z_ARG_14(__VA_ARGS__)
#define Z_REST_15(a, ...) Z_REST_14(__VA_ARGS__)
#define Z_REVERSE_15(a, ...) Z_REVERSE_14(__VA_ARGS__), a
#define Z_MAP_CAT_15(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_14(F, __VA_ARGS__))
#define Z_ARG_16(a, ...) Z_ARG_15(__VA_ARGS__)
#define Z_REST_16(a, ...) Z_REST_15(__VA_ARGS__)
#define Z_REVERSE_16(a, ...) Z_REVERSE_15(__VA_ARGS__), a
#define Z_MAP_CAT_16(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_15(F, __VA_ARGS__))
#define Z_ARG_17(a, ...) Z_ARG_16(__VA_ARGS__)
#define Z_REST_17(a, ...) Z_REST_16(__VA_ARGS__)
#define Z_REVERSE_17(a, ...) Z_REVERSE_16(__VA_ARGS__), a
#define Z_MAP_CAT_17(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_16(F, __VA_ARGS__))
#define Z_ARG_18(a, ...) Z_ARG_17(__VA_ARGS__)
#define Z_REST_18(a, ...) Z_REST_17(__VA_ARGS__)
#define Z_REVERSE_18(a, ...) Z_REVERSE_17(__VA_ARGS__), a
#define Z_MAP_CAT_18(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_17(F, __VA_ARGS__))
#define Z_ARG_19(a, ...) Z_ARG_18(__VA_ARGS__)
#define Z_REST_19(a, ...) Z_REST_18(__VA_ARGS__)
#define Z_REVERSE_19(a, ...) Z_REVERSE_18(__VA_ARGS__), a
#define Z_MAP_CAT_19(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_18(F, __VA_ARGS__))
#define Z_ARG_20(a, ...) Z_ARG_19(__VA_ARGS__)
#define Z_REST_20(a, ...) Z_REST_19(__VA_ARGS__)
#define Z_REVERSE_20(a, ...) Z_REVERSE_19(__VA_ARGS__), a
#define Z_MAP_CAT_20(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_19(F, __VA_ARGS__))
#define Z_ARG_21(a, ...) Z_ARG_20(__VA_ARGS__)
#define Z_REST_21(a, ...) Z_REST_20(__VA_ARGS__)
#define Z_REVERSE_21(a, ...) Z_REVERSE_20(__VA_ARGS__), a
#define Z_MAP_CAT_21(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_20(F, __VA_ARGS__))
#define Z_ARG_22(a, ...) Z_ARG_21(__VA_ARGS__)
#define Z_REST_22(a, ...) Z_REST_21(__VA_ARGS__)
#define Z_REVERSE_22(a, ...) Z_REVERSE_21(__VA_ARGS__), a
#define Z_MAP_CAT_22(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_21(F, __VA_ARGS__))
#define Z_ARG_23(a, ...) Z_ARG_22(__VA_ARGS__)
#define Z_REST_23(a, ...) Z_REST_22(__VA_ARGS__)
#define Z_REVERSE_23(a, ...) Z_REVERSE_22(__VA_ARGS__), a
#define Z_MAP_CAT_23(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_22(F, __VA_ARGS__))
#define Z_ARG_24(a, ...) Z_ARG_23(__VA_ARGS__)
#define Z_REST_24(a, ...) Z_REST_23(__VA_ARGS__)
#define Z_REVERSE_24(a, ...) Z_REVERSE_23(__VA_ARGS__), a
#define Z_MAP_CAT_24(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_23(F, __VA_ARGS__))
#define Z_ARG_25(a, ...) Z_ARG_24(__VA_ARGS__)
#define Z_REST_25(a, ...) Z_REST_24(__VA_ARGS__)
#define Z_REVERSE_25(a, ...) Z_REVERSE_24(__VA_ARGS__), a
#define Z_MAP_CAT_25(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_24(F, __VA_ARGS__))
#define Z_ARG_26(a, ...) Z_ARG_25(__VA_ARGS__)
#define Z_REST_26(a, ...) Z_REST_25(__VA_ARGS__)
#define Z_REVERSE_26(a, ...) Z_REVERSE_25(__VA_ARGS__), a
#define Z_MAP_CAT_26(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_25(F, __VA_ARGS__))
#define Z_ARG_27(a, ...) Z_ARG_26(__VA_ARGS__)
#define Z_REST_27(a, ...) Z_REST_26(__VA_ARGS__)
#define Z_REVERSE_27(a, ...) Z_REVERSE_26(__VA_ARGS__), a
#define Z_MAP_CAT_27(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_26(F, __VA_ARGS__))
#define Z_ARG_28(a, ...) Z_ARG_27(__VA_ARGS__)
#define Z_REST_28(a, ...) Z_REST_27(__VA_ARGS__)
#define Z_REVERSE_28(a, ...) Z_REVERSE_27(__VA_ARGS__), a
#define Z_MAP_CAT_28(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_27(F, __VA_ARGS__))
#define Z_ARG_29(a, ...) Z_ARG_28(__VA_ARGS__)
#define Z_REST_29(a, ...) Z_REST_28(__VA_ARGS__)
#define Z_REVERSE_29(a, ...) Z_REVERSE_28(__VA_ARGS__), a
#define Z_MAP_CAT_29(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_28(F, __VA_ARGS__))
#define Z_ARG_30(a, ...) Z_ARG_29(__VA_ARGS__)
#define Z_REST_30(a, ...) Z_REST_29(__VA_ARGS__)
#define Z_REVERSE_30(a, ...) Z_REVERSE_29(__VA_ARGS__), a
#define Z_MAP_CAT_30(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_29(F, __VA_ARGS__))
#define Z_ARG_31(a, ...) Z_ARG_30(__VA_ARGS__)
#define Z_REST_31(a, ...) Z_REST_30(__VA_ARGS__)
#define Z_REVERSE_31(a, ...) Z_REVERSE_30(__VA_ARGS__), a
#define Z_MAP_CAT_31(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_30(F, __VA_ARGS__))
#define Z_ARG_32(a, ...) Z_ARG_31(__VA_ARGS__)
#define Z_REST_32(a, ...) Z_REST_31(__VA_ARGS__)
#define Z_REVERSE_32(a, ...) Z_REVERSE_31(__VA_ARGS__), a
#define Z_MAP_CAT_32(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_31(F, __VA_ARGS__))
#define Z_ARG_33(a, ...) Z_ARG_32(__VA_ARGS__)
#define Z_REST_33(a, ...) Z_REST_32(__VA_ARGS__)
#define Z_REVERSE_33(a, ...) Z_REVERSE_32(__VA_ARGS__), a
#define Z_MAP_CAT_33(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_32(F, __VA_ARGS__))
#define Z_ARG_34(a, ...) Z_ARG_33(__VA_ARGS__)
#define Z_REST_34(a, ...) Z_REST_33(__VA_ARGS__)
#define Z_REVERSE_34(a, ...) Z_REVERSE_33(__VA_ARGS__), a
#define Z_MAP_CAT_34(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_33(F, __VA_ARGS__))
#define Z_ARG_35(a, ...) Z_ARG_34(__VA_ARGS__)
#define Z_REST_35(a, ...) Z_REST_34(__VA_ARGS__)
#define Z_REVERSE_35(a, ...) Z_REVERSE_34(__VA_ARGS__), a
#define Z_MAP_CAT_35(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_34(F, __VA_ARGS__))
#define Z_ARG_36(a, ...) Z_ARG_35(__VA_ARGS__)
#define Z_REST_36(a, ...) Z_REST_35(__VA_ARGS__)
#define Z_REVERSE_36(a, ...) Z_REVERSE_35(__VA_ARGS__), a
#define Z_MAP_CAT_36(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_35(F, __VA_ARGS__))
#define Z_ARG_37(a, ...) Z_ARG_36(__VA_ARGS__)
#define Z_REST_37(a, ...) Z_REST_36(__VA_ARGS__)
#define Z_REVERSE_37(a, ...) Z_REVERSE_36(__VA_ARGS__), a
#define Z_MAP_CAT_37(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_36(F, __VA_ARGS__))
#define Z_ARG_38(a, ...) Z_ARG_37(__VA_ARGS__)
#define Z_REST_38(a, ...) Z_REST_37(__VA_ARGS__)
#define Z_REVERSE_38(a, ...) Z_REVERSE_37(__VA_ARGS__), a
#define Z_MAP_CAT_38(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_37(F, __VA_ARGS__))
#define Z_ARG_39(a, ...) Z_ARG_38(__VA_ARGS__)
#define Z_REST_39(a, ...) Z_REST_38(__VA_ARGS__)
#define Z_REVERSE_39(a, ...) Z_REVERSE_38(__VA_ARGS__), a
#define Z_MAP_CAT_39(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_38(F, __VA_ARGS__))
#define Z_ARG_40(a, ...) Z_ARG_39(__VA_ARGS__)
#define Z_REST_40(a, ...) Z_REST_39(__VA_ARGS__)
#define Z_REVERSE_40(a, ...) Z_REVERSE_39(__VA_ARGS__), a
#define Z_MAP_CAT_40(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_39(F, __VA_ARGS__))
#define Z_ARG_41(a, ...) Z_ARG_40(__VA_ARGS__)
#define Z_REST_41(a, ...) Z_REST_40(__VA_ARGS__)
#define Z_REVERSE_41(a, ...) Z_REVERSE_40(__VA_ARGS__), a
#define Z_MAP_CAT_41(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_40(F, __VA_ARGS__))
#define Z_ARG_42(a, ...) Z_ARG_41(__VA_ARGS__)
#define Z_REST_42(a, ...) Z_REST_41(__VA_ARGS__)
#define Z_REVERSE_42(a, ...) Z_REVERSE_41(__VA_ARGS__), a
#define Z_MAP_CAT_42(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_41(F, __VA_ARGS__))
#define Z_ARG_43(a, ...) Z_ARG_42(__VA_ARGS__)
#define Z_REST_43(a, ...) Z_REST_42(__VA_ARGS__)
#define Z_REVERSE_43(a, ...) Z_REVERSE_42(__VA_ARGS__), a
#define Z_MAP_CAT_43(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_42(F, __VA_ARGS__))
#define Z_ARG_44(a, ...) Z_ARG_43(__VA_ARGS__)
#define Z_REST_44(a, ...) Z_REST_43(__VA_ARGS__)
#define Z_REVERSE_44(a, ...) Z_REVERSE_43(__VA_ARGS__), a
#define Z_MAP_CAT_44(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_43(F, __VA_ARGS__))
#define Z_ARG_45(a, ...) Z_ARG_44(__VA_ARGS__)
#define Z_REST_45(a, ...) Z_REST_44(__VA_ARGS__)
#define Z_REVERSE_45(a, ...) Z_REVERSE_44(__VA_ARGS__), a
#define Z_MAP_CAT_45(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_44(F, __VA_ARGS__))
#define Z_ARG_46(a, ...) Z_ARG_45(__VA_ARGS__)
#define Z_REST_46(a, ...) Z_REST_45(__VA_ARGS__)
#define Z_REVERSE_46(a, ...) Z_REVERSE_45(__VA_ARGS__), a
#define Z_MAP_CAT_46(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_45(F, __VA_ARGS__))
#define Z_ARG_47(a, ...) Z_ARG_46(__VA_ARGS__)
#define Z_REST_47(a, ...) Z_REST_46(__VA_ARGS__)
#define Z_REVERSE_47(a, ...) Z_REVERSE_46(__VA_ARGS__), a
#define Z_MAP_CAT_47(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_46(F, __VA_ARGS__))
#define Z_ARG_48(a, ...) Z_ARG_47(__VA_ARGS__)
#define Z_REST_48(a, ...) Z_REST_47(__VA_ARGS__)
#define Z_REVERSE_48(a, ...) Z_REVERSE_47(__VA_ARGS__), a
#define Z_MAP_CAT_48(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_47(F, __VA_ARGS__))
#define Z_ARG_49(a, ...) Z_ARG_48(__VA_ARGS__)
#define Z_REST_49(a, ...) Z_REST_48(__VA_ARGS__)
#define Z_REVERSE_49(a, ...) Z_REVERSE_48(__VA_ARGS__), a
#define Z_MAP_CAT_49(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_48(F, __VA_ARGS__))
#define Z_ARG_50(a, ...) Z_ARG_49(__VA_ARGS__)
#define Z_REST_50(a, ...) Z_REST_49(__VA_ARGS__)
#define Z_REVERSE_50(a, ...) Z_REVERSE_49(__VA_ARGS__), a
#define Z_MAP_CAT_50(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_49(F, __VA_ARGS__))
#define Z_ARG_51(a, ...) Z_ARG_50(__VA_ARGS__)
#define Z_REST_51(a, ...) Z_REST_50(__VA_ARGS__)
#define Z_REVERSE_51(a, ...) Z_REVERSE_50(__VA_ARGS__), a
#define Z_MAP_CAT_51(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_50(F, __VA_ARGS__))
#define Z_ARG_52(a, ...) Z_ARG_51(__VA_ARGS__)
#define Z_REST_52(a, ...) Z_REST_51(__VA_ARGS__)
#define Z_REVERSE_52(a, ...) Z_REVERSE_51(__VA_ARGS__), a
#define Z_MAP_CAT_52(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_51(F, __VA_ARGS__))
#define Z_ARG_53(a, ...) Z_ARG_52(__VA_ARGS__)
#define Z_REST_53(a, ...) Z_REST_52(__VA_ARGS__)
#define Z_REVERSE_53(a, ...) Z_REVERSE_52(__VA_ARGS__), a
#define Z_MAP_CAT_53(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_52(F, __VA_ARGS__))
#define Z_ARG_54(a, ...) Z_ARG_53(__VA_ARGS__)
#define Z_REST_54(a, ...) Z_REST_53(__VA_ARGS__)
#define Z_REVERSE_54(a, ...) Z_REVERSE_53(__VA_ARGS__), a
#define Z_MAP_CAT_54(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_53(F, __VA_ARGS__))
#define Z_ARG_55(a, ...) Z_ARG_54(__VA_ARGS__)
#define Z_REST_55(a, ...) Z_REST_54(__VA_ARGS__)
#define Z_REVERSE_55(a, ...) Z_REVERSE_54(__VA_ARGS__), a
#define Z_MAP_CAT_55(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_54(F, __VA_ARGS__))
#define Z_ARG_56(a, ...) Z_ARG_55(__VA_ARGS__)
#define Z_REST_56(a, ...) Z_REST_55(__VA_ARGS__)
#define Z_REVERSE_56(a, ...) Z_REVERSE_55(__VA_ARGS__), a
#define Z_MAP_CAT_56(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_55(F, __VA_ARGS__))
#define Z_ARG_57(a, ...) Z_ARG_56(__VA_ARGS__)
#define Z_REST_57(a, ...) Z_REST_56(__VA_ARGS__)
#define Z_REVERSE_57(a, ...) Z_REVERSE_56(__VA_ARGS__), a
#define Z_MAP_CAT_57(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_56(F, __VA_ARGS__))
#define Z_ARG_58(a, ...) Z_ARG_57(__VA_ARGS__)
#define Z_REST_58(a, ...) Z_REST_57(__VA_ARGS__)
#define Z_REVERSE_58(a, ...) Z_REVERSE_57(__VA_ARGS__), a
#define Z_MAP_CAT_58(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_57(F, __VA_ARGS__))
#define Z_ARG_59(a, ...) Z_ARG_58(__VA_ARGS__)
#define Z_REST_59(a, ...) Z_REST_58(__VA_ARGS__)
#define Z_REVERSE_59(a, ...) Z_REVERSE_58(__VA_ARGS__), a
#define Z_MAP_CAT_59(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_58(F, __VA_ARGS__))
#define Z_ARG_60(a, ...) Z_ARG_59(__VA_ARGS__)
#define Z_REST_60(a, ...) Z_REST_59(__VA_ARGS__)
#define Z_REVERSE_60(a, ...) Z_REVERSE_59(__VA_ARGS__), a
#define Z_MAP_CAT_60(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_59(F, __VA_ARGS__))
#define Z_ARG_61(a, ...) Z_ARG_60(__VA_ARGS__)
#define Z_REST_61(a, ...) Z_REST_60(__VA_ARGS__)
#define Z_REVERSE_61(a, ...) Z_REVERSE_60(__VA_ARGS__), a
#define Z_MAP_CAT_61(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_60(F, __VA_ARGS__))
#define Z_ARG_62(a, ...) Z_ARG_61(__VA_ARGS__)
#define Z_REST_62(a, ...) Z_REST_61(__VA_ARGS__)
#define Z_REVERSE_62(a, ...) Z_REVERSE_61(__VA_ARGS__), a
#define Z_MAP_CAT_62(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_61(F, __VA_ARGS__))
#define Z_ARG_63(a, ...) Z_ARG_62(__VA_ARGS__)
#define Z_REST_63(a, ...) Z_REST_62(__VA_ARGS__)
#define Z_REVERSE_63(a, ...) Z_REVERSE_62(__VA_ARGS__), a
#define Z_MAP_CAT_63(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_62(F, __VA_ARGS__))
#define Z_ARG_64(a, ...) Z_ARG_63(__VA_ARGS__)
#define Z_REST_64(a, ...) Z_REST_63(__VA_ARGS__)
#define Z_REVERSE_64(a, ...) Z_REVERSE_63(__VA_ARGS__), a
#define Z_MAP_CAT_64(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_63(F, __VA_ARGS__))

/* A call for each argument. */
#define Z_EACH_0(call, sep, F, fixed, idx, ...)
#define Z_EACH_1(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed)
#define Z_EACH_2(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_1(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_3(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_2(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_4(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_3(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_5(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_4(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_6(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_5(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_7(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_6(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_8(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_7(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_9(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_8(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_10(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_9(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_11(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_10(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_12(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_11(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_13(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_12(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_14(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_13(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_15(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_14(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_16(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_15(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_17(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_16(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_18(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_17(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_19(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_18(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_20(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_19(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_21(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_20(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_22(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_21(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_23(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_22(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_24(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_23(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_25(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_24(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_26(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_25(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_27(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_26(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_28(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_27(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_29(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_28(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_30(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_29(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_31(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_30(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_32(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_31(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_33(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_32(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_34(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_33(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_35(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_34(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_36(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_35(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_37(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_36(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_38(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_37(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_39(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_38(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_40(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_39(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_41(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_40(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_42(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_41(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_43(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_42(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_44(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_43(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_45(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_44(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_46(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_45(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_47(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_46(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_48(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_47(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_49(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_48(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_50(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_49(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_51(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_50(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_52(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_51(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_53(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_52(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_54(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_53(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_55(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_54(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_56(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_55(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_57(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_56(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_58(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_57(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_59(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_58(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_60(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_59(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_61(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_60(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_62(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_61(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_63(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_62(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)
#define Z_EACH_64(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) Z_UNPAREN sep Z_EACH_63(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)

#endif /* ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_ */
